import type { GithubPlace } from './source-url'

/** A binary cache as its users must name it. */
export type UsedCache = {
  readonly url: string
  readonly publicKeys: readonly string[]
} & ({ readonly kind: 'cachix'; readonly name: string } | { readonly kind: 'binary-cache' })

/** The flake that the CI builds, which stands in for nixpkgs. */
export interface UsedFlake extends GithubPlace {
  /** Its branch that follows the chosen nixpkgs branch; null where its branches do not. */
  readonly ref: string | null
  /** Its revision that was evaluated with the pinned nixpkgs. */
  readonly revision: string | null
}

/** What the snippets of one branch are made of. */
export interface UseFacts {
  readonly caches: readonly UsedCache[]
  readonly nixpkgs: GithubPlace
  /** Branch of nixpkgs; null while it is not known. */
  readonly ref: string | null
  /** The newest revision of nixpkgs on which the headline packages are ready; null when there is none now. */
  readonly revision: string | null
  /** The `config` that the CI builds nixpkgs with, as a Nix expression. */
  readonly config: string
  readonly flake: UsedFlake | null
  /** Attribute paths of the headline packages in nixpkgs, in Nix's text form. */
  readonly attributes: readonly string[]
  readonly system: string
}

/** Where a snippet belongs: a shell, a file of Nix, or `nix.conf`. */
export type SnippetKind = 'shell' | 'nix' | 'nix.conf'

/** One way of use: a text to paste, and what to know before one does. */
export interface UseSnippet {
  readonly id: string
  readonly title: string
  readonly kind: SnippetKind
  readonly text: string
  readonly notes: readonly string[]
}

export interface UseGroup {
  readonly id: string
  readonly title: string
  readonly snippets: readonly UseSnippet[]
}

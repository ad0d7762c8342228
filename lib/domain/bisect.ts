import { shellLine } from './shell-word'

export interface Bisection {
  /** nixpkgs revisions in full. */
  readonly good: string
  readonly bad: string
  /** Attribute path in Nix's text form. */
  readonly attribute: string
  readonly system: string | null
  /** The `config` that the CI builds nixpkgs with, as a Nix expression. */
  readonly config: string
}

const REVISION = /^[0-9a-f]{40,64}$/

/**
 * A line for a shell inside a checkout of nixpkgs that finds the commit which broke an attribute; null where a revision
 * is none, or the attribute holds characters that must not be pasted into a terminal. `nix-build` fails with a status
 * below 125, which `git bisect run` takes for bad.
 */
export function bisectCommand({ good, bad, attribute, system, config }: Bisection): string | null {
  if (!REVISION.test(good) || !REVISION.test(bad) || attribute === '') return null
  if (/\p{C}/u.test(`${attribute}${system}`)) return null
  const build = ['nix-build', '.', '-I', 'nixpkgs=.', '-A', attribute]
  const onSystem = system === null ? [] : ['--argstr', 'system', system]
  const run = [...build, ...onSystem, '--arg', 'config', config, '--no-out-link']
  return `git bisect start ${bad} ${good} && git bisect run ${shellLine(run)}`
}

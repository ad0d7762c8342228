import type { AskedExplanation } from '@/lib/contract/explain'

/** What the box shows after a text was sent; `idle` before. */
export type ExplainState =
  | { readonly status: 'idle' }
  | { readonly status: 'refused'; readonly message: string; readonly text: string }
  | {
      readonly status: 'explained'
      readonly answer: AskedExplanation
      /** As it was pasted, or of a long one the paths in it, so that it need not be pasted again. */
      readonly text: string
    }

export const IDLE: ExplainState = { status: 'idle' }
export const TOO_LONG = 'The text is longer than a million characters. Paste the part with the lists of paths.'
export const NO_PATH =
  'There is no store path in that text. Paste paths that begin with /nix/store/, or what a dry run of Nix prints.'

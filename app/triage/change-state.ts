import type { TriageState } from '@/lib/domain/triage'

/** What a form says of a cause. */
export interface Typed {
  readonly state: string
  readonly note: string
  readonly issueUrl: string
}

/** What a form shows after it was sent; `idle` before. */
export type ChangeState =
  | { readonly status: 'idle' }
  /** `version` is the entry's from now on. */
  | { readonly status: 'saved'; readonly version: number; readonly typed: Typed }
  | {
      readonly status: 'refused'
      readonly message: string
      /** The present version where somebody was faster: with it the same change goes through. */
      readonly version: number | null
      /** As it was typed, so that it need not be typed again. */
      readonly typed: Typed
      readonly isSignedOut: boolean
    }

export const IDLE: ChangeState = { status: 'idle' }

/** What an entry says, as a form holds it. */
export function typedOf(entry: { state: TriageState; note: string; issueUrl: string | null }): Typed {
  return { state: entry.state, note: entry.note, issueUrl: entry.issueUrl ?? '' }
}

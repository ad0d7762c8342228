import type { TriageEntry } from '@/lib/contract/triage'

/** Which form of an entry was sent. */
export type Act = 'acknowledge' | 'note'

/** What an entry says. */
export type Said = Pick<TriageEntry, 'state' | 'note' | 'issueUrl'>

/** What a form says of a cause. */
export interface Typed {
  readonly state: string
  readonly note: string
  readonly issueUrl: string
}

/** What a form shows after it was sent; `idle` before. */
export type ChangeState =
  | { readonly status: 'idle' }
  /** `version` is the entry's from now on, which then says this. */
  | { readonly status: 'saved'; readonly act: Act; readonly version: number; readonly said: Said }
  | {
      readonly status: 'refused'
      readonly act: Act
      readonly message: string
      /** The present version where somebody was faster: with it the same change goes through. */
      readonly version: number | null
      /** As it was typed, so that it need not be typed again. */
      readonly typed: Typed
      readonly isSignedOut: boolean
    }

export const IDLE: ChangeState = { status: 'idle' }

/** What an entry says, as a form holds it. */
export function typedOf({ state, note, issueUrl }: Said): Typed {
  return { state, note, issueUrl: issueUrl ?? '' }
}

/**
 * An entry as it was seen, with what was just changed in it from here: one's own change is nobody else's. What another
 * person changed in between is not carried, so that it is not hidden either.
 */
export function withOwnChange(entry: TriageEntry, state: ChangeState): TriageEntry {
  if (state.status !== 'saved' || state.version !== entry.version + 1) return entry
  return { ...entry, ...state.said, version: state.version }
}

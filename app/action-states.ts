/** What the forms show after an action; `idle` before the first one. */
export type SignInState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'refused'
      readonly message: string
      /** As it was typed, so that it need not be typed again. */
      readonly name: string
    }

export type ResyncState =
  | { readonly status: 'idle' }
  | { readonly status: 'started'; readonly id: string }
  /** Another sync runs already. */
  | { readonly status: 'running'; readonly id: string }
  | { readonly status: 'refused'; readonly message: string }

/** Of a test of notifications; `at` tells one answer from the next. */
export type TryState =
  | { readonly status: 'idle' }
  | { readonly status: 'sent'; readonly at: number }
  | { readonly status: 'refused'; readonly at: number; readonly message: string }

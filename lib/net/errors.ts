import 'server-only'

/** Why an upstream could not be used. Closed: the sync run stores it, `/sync` shows it. */
export type UpstreamErrorKind =
  | 'unavailable'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'invalid-response'
  | 'too-large'
  | 'budget-spent'

/** A failure of theirs, not ours. Caught in sync alone. `address` never holds a secret. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  readonly kind: UpstreamErrorKind
  readonly address: string
  /** When it is sensible to ask again; set for rate limits. */
  readonly retryAt: Date | null

  constructor(
    kind: UpstreamErrorKind,
    address: string,
    reason: string,
    options: { retryAt?: Date; cause?: unknown } = {},
  ) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.address = address
    this.retryAt = options.retryAt ?? null
  }
}

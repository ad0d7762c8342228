import 'server-only'

export interface SecurityOptions {
  /** Fresh and unguessable per request. */
  readonly nonce: string
  readonly isDevelopment: boolean
}

/** Policy of a page: own files only, and of scripts and styles in the page those with the nonce. */
export function pagePolicy({ nonce, isDevelopment }: SecurityOptions): string {
  return [
    "default-src 'self'",
    // React rebuilds server stacks with eval in development.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The development overlay brings styles of its own that know no nonce.
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Server-rendered style attributes (virtual rows, widths of bars) cannot carry a nonce.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Policy of an answer that is no page: opened in a browser it may load and run nothing. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

export const COMMON_SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  // For browsers without frame-ancestors.
  'x-frame-options': 'DENY',
} as const

import 'server-only'

const SECRET_KEY = /token|secret|signature|^sig$|passw|credential|auth|api[-_]?key|access[-_]?key|^key$|^jwt$/i

/** The address as errors and pages may show it: no user, password or fragment, and secret query values masked. */
export function publicAddress(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  shown.hash = ''
  for (const key of new Set(shown.searchParams.keys())) {
    if (SECRET_KEY.test(key)) shown.searchParams.set(key, '***')
  }
  return shown.href
}

/** An address below a base; each segment is data and encoded as one. */
export function addressOf(base: string, segments: readonly string[]): URL {
  return new URL(`${base.replace(/\/+$/, '')}/${segments.map(encodeURIComponent).join('/')}`)
}

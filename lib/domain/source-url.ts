/** The parts of a configured source that its web addresses are made of. */
export interface SourceWeb {
  readonly kind: string
  readonly url: string
  readonly site?: string | undefined
  readonly account?: string | undefined
}

/**
 * The page of a derivation's build log at its source; null where the source has none that can be named.
 * Log pages of Hercules CI take the job's id, not its number (contract hercules-ci, section 4).
 */
export function buildUrl(source: SourceWeb, build: { derivation: string; externalId: string }): string | null {
  if (source.kind !== 'hercules-ci' || source.site === undefined || source.account === undefined) return null
  const [site, account, derivation] = [source.site, source.account, build.derivation].map(encodeURIComponent)
  const base = source.url.replace(/\/+$/, '')
  return `${base}/accounts/${site}/${account}/derivations/${derivation}/log?via-job=${encodeURIComponent(build.externalId)}`
}

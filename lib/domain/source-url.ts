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

/** A repository at GitHub, or at an installation of its own. */
export interface GithubPlace {
  /** Web address of the host. */
  readonly web: string
  readonly owner: string
  readonly name: string
}

const GITHUB = 'https://github.com'

/**
 * The web address of the GitHub whose REST API is at this address: `https://api.github.com` is github.com's,
 * `<host>/api/v3` that of an own installation, `api.<name>.ghe.com` that of a hosted one. Whatever else answers stands in
 * for github.com: a proxy, or a server of the tests.
 */
export function githubWeb(api: string): string {
  const { protocol, host, pathname } = new URL(api)
  if (/^\/api\/v3\/?$/.test(pathname)) return `${protocol}//${host}`
  const hosted = /^api\.([^.]+\.ghe\.com)$/.exec(host)?.[1]
  return hosted === undefined ? GITHUB : `https://${hosted}`
}

/** The page of a repository. */
export function repositoryUrl({ web, owner, name }: GithubPlace): string {
  return `${web.replace(/\/+$/, '')}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
}

/** What lies between two revisions, on the web. */
export function compareUrl(place: GithubPlace, from: string, to: string): string {
  return `${repositoryUrl(place)}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`
}

/** The archive of a repository at a revision, as `fetchTarball` takes it. */
export function archiveUrl(place: GithubPlace, revision: string): string {
  return `${repositoryUrl(place)}/archive/${encodeURIComponent(revision)}.tar.gz`
}

/** A repository as an input of a flake, at a revision or branch; without one, at its default branch. */
export function flakeRef({ web, owner, name }: GithubPlace, at: string | null): string {
  const place = [owner, name, ...(at === null ? [] : [at])].map(encodeURIComponent).join('/')
  const { host } = new URL(web)
  return `github:${place}${host === new URL(GITHUB).host ? '' : `?host=${host}`}`
}

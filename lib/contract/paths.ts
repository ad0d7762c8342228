import { badgeAddress } from './badge-address'

/** Every address of ours, made in one place. Parts are data: each is encoded as one segment. */
const segment = encodeURIComponent

export const paths = {
  matrix: () => '/' as const,
  /** The matrix with one branch alone. */
  matrixOf: (branch: string) => `/?branch=${segment(branch)}` as const,
  /** The matrix under a filter. */
  matrixWith: (query: URLSearchParams) => withQuery('/', query),
  package: (name: string) => `/packages/${segment(name)}` as const,
  /** Why it is broken on a branch, on its page. */
  packageSuspects: (name: string, branch: string) => `/packages/${segment(name)}#suspects-${segment(branch)}` as const,
  branch: (name: string) => `/branches/${segment(name)}` as const,
  /** The evaluations of a branch that are older than the one with this id. */
  branchBefore: (name: string, id: string) => `/branches/${segment(name)}?before=${segment(id)}` as const,
  evaluation: (id: string) => `/evaluations/${segment(id)}` as const,
  /** By the store path of the derivation, `/nix/store/` left out. */
  derivation: (path: string) => `/derivations/${fileOf(path)}` as const,
  /** Its log from the line of a number on, with a search kept. */
  derivationLog: (path: string, page: LogPage) => `/derivations/${fileOf(path)}${logQueryOf(page)}#log` as const,
  /** One line of its log, on the page that holds it. */
  derivationLine: (path: string, number: number, q: string | null = null) =>
    `/derivations/${fileOf(path)}${logQueryOf({ from: logPageOf(number), q })}#L${number}` as const,
  triage: () => '/triage' as const,
  diff: () => '/diff' as const,
  /** The diff of two evaluations; without `from` against the one before, with a package against its last good one. */
  diffOf: (sides: DiffSides) => `/diff?${queryOf(sides)}` as const,
  caches: () => '/caches' as const,
  /** Why a store path is, or is not, in the caches. */
  explain: (path: string) => `/caches?path=${segment(path)}#explain` as const,
  pin: () => '/pin' as const,
  /** The revision to pin for packages on branches. */
  pinOf: (chosen: PinChoice) => `/pin?${pinQueryOf(chosen)}` as const,
  /** Leads to the archive of the nixpkgs revision that is the pin now. */
  pinArchive: (branch: string, packages: readonly string[]) =>
    `/pin/${segment(branch)}/archive?${pinQueryOf({ packages })}` as const,
  howToUse: () => '/use' as const,
  howToUseOn: (branch: string) => `/use?branch=${segment(branch)}` as const,
  badges: () => '/badges' as const,
  /** The page of badges with one of them chosen. */
  badgesOf: (query: URLSearchParams) => withQuery('/badges', query),
  /** A badge itself, as an image unless JSON is asked for. */
  badge: badgeAddress,
  sync: () => '/sync' as const,
  signIn: () => '/sign-in' as const,
  /** Signing in leads back to a page of ours. */
  signInFrom: (page: string) => `/sign-in?returnTo=${segment(page)}` as const,
  /** Atom feeds: of everything, of a branch, of a package. */
  feed: () => '/feed.atom' as const,
  branchFeed: (name: string) => `/feed/${segment(name)}.atom` as const,
  packageFeed: (name: string) => `/feed/packages/${segment(name)}.atom` as const,
  matrixJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/matrix', query),
  /** The pin on one branch; a POST asks the caches anew first. */
  pinJson: (branch: string, packages: readonly string[]) =>
    `/api/v1/pin?${pinQueryOf({ branches: [branch], packages })}` as const,
  triageJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/triage', query),
  diffJson: (sides: DiffSides) => `/api/v1/diff?${queryOf(sides)}` as const,
  packagesJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/packages', query),
  packageJson: (name: string) => `/api/v1/packages/${segment(name)}` as const,
  /** Why a package may have broken on a branch; a POST reads what is not read yet. */
  suspectsJson: (name: string, branch: string) =>
    `/api/v1/packages/${segment(name)}/suspects?branch=${segment(branch)}` as const,
  derivationJson: (path: string) => `/api/v1/derivations/${fileOf(path)}` as const,
  /** A POST reads the log from its source. */
  derivationLogJson: (path: string) => `/api/v1/derivations/${fileOf(path)}/log` as const,
  cachesJson: () => '/api/v1/caches' as const,
  /** A POST takes a pasted text, and asks the caches. */
  explainJson: () => '/api/v1/explain' as const,
  syncJson: () => '/api/v1/sync' as const,
  /** The API, for people and for programs. */
  api: () => '/api' as const,
  openApiJson: () => '/api/v1/openapi.json' as const,
}

/** Lines on a page of a log. */
export const LOG_PAGE_LINES = 1_000

interface LogPage {
  readonly from: number
  readonly q?: string | null
}

/** Where the page of a log begins that holds the line of a number: numbers may leave some out, so it holds no more. */
export function logPageOf(number: number): number {
  return number - ((number - 1) % LOG_PAGE_LINES)
}

function fileOf(path: string): string {
  return segment(path.slice(path.lastIndexOf('/') + 1))
}

function logQueryOf({ from, q = null }: LogPage): string {
  const given = [...(from > 1 ? [['from', String(from)]] : []), ...(q === null ? [] : [['q', q]])]
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function withQuery(path: string, query: URLSearchParams | string): string {
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

interface DiffSides {
  readonly branch?: string | null
  readonly from?: string | null
  readonly to?: string | null
  readonly package?: string | null
}

function queryOf(values: DiffSides): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return new URLSearchParams(given).toString()
}

interface PinChoice {
  readonly branches?: readonly string[]
  readonly packages?: readonly string[]
}

function pinQueryOf({ branches = [], packages = [] }: PinChoice): URLSearchParams {
  return new URLSearchParams([
    ...branches.map((name) => ['branch', name]),
    ...packages.map((name) => ['package', name]),
  ])
}

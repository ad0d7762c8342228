/** Every address of ours, made in one place. Parts are data: each is encoded as one segment. */
const segment = encodeURIComponent

export const paths = {
  matrix: () => '/' as const,
  package: (name: string) => `/packages/${segment(name)}` as const,
  branch: (name: string) => `/branches/${segment(name)}` as const,
  evaluation: (id: string) => `/evaluations/${segment(id)}` as const,
  /** By the store path of the derivation, `/nix/store/` left out. */
  derivation: (path: string) => `/derivations/${segment(path.slice(path.lastIndexOf('/') + 1))}` as const,
  triage: () => '/triage' as const,
  diff: () => '/diff' as const,
  /** The diff of two evaluations; without `from` against the one before, with a package against its last good one. */
  diffOf: (sides: DiffSides) => `/diff?${queryOf(sides)}` as const,
  sync: () => '/sync' as const,
  signIn: () => '/sign-in' as const,
  matrixJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/matrix', query),
  triageJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/triage', query),
  diffJson: (sides: DiffSides) => `/api/v1/diff?${queryOf(sides)}` as const,
  packageJson: (name: string) => `/api/v1/packages/${segment(name)}` as const,
  /** Why a package may have broken on a branch; a POST reads what is not read yet. */
  suspectsJson: (name: string, branch: string) =>
    `/api/v1/packages/${segment(name)}/suspects?branch=${segment(branch)}` as const,
  syncJson: () => '/api/v1/sync' as const,
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

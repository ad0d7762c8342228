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
  sync: () => '/sync' as const,
  signIn: () => '/sign-in' as const,
  matrixJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/matrix', query),
  triageJson: (query: URLSearchParams | string = '') => withQuery('/api/v1/triage', query),
  syncJson: () => '/api/v1/sync' as const,
}

function withQuery(path: string, query: URLSearchParams | string): string {
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

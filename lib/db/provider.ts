import 'server-only'

export const PROVIDERS = ['sqlite', 'postgresql'] as const
export type Provider = (typeof PROVIDERS)[number]

/** Which database a URL speaks of. Throws, without repeating the URL (it may hold a password), on any other. */
export function providerOf(url: string): Provider {
  if (url.startsWith('file:')) return 'sqlite'
  if (!/^postgres(?:ql)?:\/\//.test(url)) {
    throw new Error('DATABASE_URL must begin with file: (SQLite) or postgresql:// (PostgreSQL)')
  }
  const schema = URL.canParse(url) ? new URL(url).searchParams.get('schema') : null
  if (schema !== null && schema !== 'public') throw new Error('DATABASE_URL: only the schema "public" is supported')
  return 'postgresql'
}

/**
 * Does the whole text match the glob? `*` is any run of characters that are not in `barrier` (none unless given), `?`
 * is one such character; all else is literal.
 */
export function matchesGlob(glob: string, text: string, barrier = ''): boolean {
  return globPattern(glob, barrier).test(text)
}

const PATTERNS = new Map<string, RegExp>()

function globPattern(glob: string, barrier: string): RegExp {
  const key = `${barrier}\n${glob}`
  const known = PATTERNS.get(key)
  if (known !== undefined) return known
  const any = barrier === '' ? '.' : `[^${barrier.replace(/[\\\]^-]/g, '\\$&')}]`
  const source = [...glob].map((char) => (char === '*' ? `${any}*` : char === '?' ? any : literal(char))).join('')
  const pattern = new RegExp(`^${source}$`, 'su')
  PATTERNS.set(key, pattern)
  return pattern
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

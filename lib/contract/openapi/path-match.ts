import { partsOf } from './operation'
import { OPERATIONS } from './operations'

const ADDRESSES = new Map<string, { pattern: RegExp; methods: string[] }>()
for (const operation of OPERATIONS) {
  const { method, path } = partsOf(operation)
  const known = ADDRESSES.get(path) ?? { pattern: patternOf(path), methods: [] }
  known.methods.push(method)
  ADDRESSES.set(path, known)
}

/** The methods of an address that the table of operations knows, as the Allow header lists them; else null. */
export function methodsOf(pathname: string): string[] | null {
  const found = [...ADDRESSES.values()].find(({ pattern }) => pattern.test(pathname))
  if (found === undefined) return null
  return [...found.methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}

/** The address in the table of operations that matches, or null. */
export function templateOf(pathname: string): string | null {
  return [...ADDRESSES].find(([, { pattern }]) => pattern.test(pathname))?.[0] ?? null
}

/** `/packages/{package}.svg` matches one segment for each parameter. */
function patternOf(path: string): RegExp {
  const parts = path.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}

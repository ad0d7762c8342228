import 'server-only'
import type { CacheInfo } from './cache'

const KNOWN_KEYS: ReadonlySet<string> = new Set(['StoreDir', 'WantMassQuery', 'Priority'])

/** The properties in a `nix-cache-info` text; null when none of the known keys is there, so it is no such file. */
export function parseCacheInfo(text: string): CacheInfo | null {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon >= 0) values.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  if (![...values.keys()].some((key) => KNOWN_KEYS.has(key))) return null
  return {
    storeDir: values.get('StoreDir') || null,
    priority: toPriority(values.get('Priority') ?? ''),
    wantMassQuery: values.get('WantMassQuery') === '1',
  }
}

function toPriority(value: string): number | null {
  const priority = /^-?[0-9]+$/.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(priority) ? priority : null
}

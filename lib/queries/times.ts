import 'server-only'

/** ISO 8601 in UTC of stored milliseconds; null stays null. */
export function isoOf(ms: bigint | number): string
export function isoOf(ms: bigint | number | null): string | null
export function isoOf(ms: bigint | number | null): string | null {
  return ms === null ? null : new Date(Number(ms)).toISOString()
}

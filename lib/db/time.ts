import 'server-only'

/** The time of a stored number of milliseconds; null stays null. */
export function fromMs<T extends bigint | number | null>(ms: T): T extends null ? null : Date
export function fromMs(ms: bigint | number | null): Date | null {
  return ms === null ? null : new Date(Number(ms))
}

/** The number of milliseconds that is stored for a time; null stays null. */
export function toMs<T extends Date | null>(time: T): T extends null ? null : bigint
export function toMs(time: Date | null): bigint | null {
  return time === null ? null : BigInt(time.getTime())
}

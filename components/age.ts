/** The exact time for people, in UTC: `2026-11-23 08:15 UTC`. */
export function exactTime(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Digits in groups of three, with thin spaces that do not break. */
export function groupedNumber(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

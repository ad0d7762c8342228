/** What a single key does in the list of causes. */
export type CauseAct = 'next' | 'previous' | 'acknowledge' | 'note' | 'source' | 'log'

const ACTS: ReadonlyMap<string, CauseAct> = new Map([
  ['j', 'next'],
  ['k', 'previous'],
  ['a', 'acknowledge'],
  ['n', 'note'],
  ['o', 'source'],
  ['l', 'log'],
])

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a key means, or null: with a modifier it belongs to the browser. */
export function causeActOf({ key, ctrlKey, metaKey, altKey }: PressedKey): CauseAct | null {
  return ctrlKey || metaKey || altKey ? null : (ACTS.get(key) ?? null)
}

/** The place after a step in a list, never outside it; the first one where there was none. */
export function placeAfter(act: 'next' | 'previous', from: number, count: number): number {
  if (from < 0) return 0
  return Math.max(0, Math.min(count - 1, from + (act === 'next' ? 1 : -1)))
}

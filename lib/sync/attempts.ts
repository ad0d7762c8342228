import 'server-only'

const WINDOW_MS = 15 * 60_000
const WRONG_MAX = 10
/** Clients that are remembered; beyond it the one heard of first is forgotten. */
const CLIENTS_MAX = 10_000

interface Tries {
  readonly sinceMs: number
  readonly wrong: number
}

/** Wrong tokens per client, in memory: a limit against guessing, forgotten when the server restarts. */
export type Attempts = Map<string, Tries>

/** When the client may try again; null: now. */
export function retryAt(attempts: Attempts, client: string, now: Date): Date | null {
  const tries = attempts.get(client)
  if (tries === undefined || tries.wrong < WRONG_MAX) return null
  const endMs = tries.sinceMs + WINDOW_MS
  return now.getTime() < endMs ? new Date(endMs) : null
}

export function countWrong(attempts: Attempts, client: string, now: Date): void {
  const known = attempts.get(client)
  const isCurrent = known !== undefined && now.getTime() < known.sinceMs + WINDOW_MS
  attempts.delete(client)
  attempts.set(client, isCurrent ? { ...known, wrong: known.wrong + 1 } : { sinceMs: now.getTime(), wrong: 1 })
  const [first] = attempts.keys()
  if (attempts.size > CLIENTS_MAX && first !== undefined) attempts.delete(first)
}

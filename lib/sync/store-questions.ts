import 'server-only'
import type { Tx } from '@/lib/db/client'
import type { QuestionTally } from './question-tally'

const HOUR_MS = 3_600_000
const KEPT_HOURS = 14 * 24

export interface Asking {
  readonly now: Date
  /** A person or the command line asked for it, not the schedule. */
  readonly isByPerson: boolean
}

/** Adds the questions that were counted to the hour that it is, and forgets those of more than two weeks ago. */
export async function storeQuestions(tx: Tx, tally: QuestionTally | undefined, asking: Asking): Promise<void> {
  const counted = tally?.take() ?? []
  if (counted.length === 0) return
  const hour = Math.floor(asking.now.getTime() / HOUR_MS)
  for (const { count, ...what } of counted) {
    const row = { ...what, hour, isByPerson: asking.isByPerson }
    await tx.cacheQuestion.upsert({
      where: { cache_hour_kind_isByPerson: row },
      create: { ...row, count },
      update: { count: { increment: count } },
    })
  }
  await tx.cacheQuestion.deleteMany({ where: { hour: { lt: hour - KEPT_HOURS } } })
}

import 'server-only'
import type { QuestionKind } from '@/lib/caches/count-questions'

export interface CountedQuestions {
  readonly cache: string
  readonly kind: QuestionKind
  readonly count: number
}

/** Counts questions in memory until they are stored. */
export interface QuestionTally {
  readonly count: (cache: string, kind: QuestionKind) => void
  /** What was counted since this was last called. */
  readonly take: () => readonly CountedQuestions[]
}

export function questionTally(): QuestionTally {
  const counted = new Map<string, CountedQuestions>()
  return {
    count: (cache, kind) => {
      const key = `${kind} ${cache}`
      counted.set(key, { cache, kind, count: (counted.get(key)?.count ?? 0) + 1 })
    },
    take: () => {
      const taken = [...counted.values()]
      counted.clear()
      return taken
    },
  }
}

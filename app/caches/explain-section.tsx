import 'server-only'
import { EXPLAIN_PATHS_MAX } from '@/lib/contract/explain'
import { questionOf } from '@/lib/contract/explain-question'
import { readExplanation } from '@/lib/queries/explain'
import { ExplainIsland } from './explain-island'

/** "Why is it not cached?": for the store paths that the address names by what is stored, and for what one pastes. */
export async function ExplainSection({ paths }: { paths: readonly string[] }) {
  const text = paths.slice(0, EXPLAIN_PATHS_MAX).join('\n')
  const question = questionOf(text)
  const stored = question.total === 0 ? null : await readExplanation(question)
  return (
    <section id="explain" aria-labelledby="explain-head" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="explain-head" className="text-lg font-semibold">
        Why is it not cached?
      </h2>
      {/* Another address is another question: what was typed for the last one goes. */}
      <ExplainIsland key={text} text={text} stored={stored} />
    </section>
  )
}

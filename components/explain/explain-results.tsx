import { groupedNumber } from '@/components/age'
import type { Asking, ExplainedPath, Explanation } from '@/lib/contract/explain'
import { VERDICTS, type Verdict, verdictWord } from '@/lib/domain/explain'
import { explainNotes } from './explain-notes'
import { ExplainedItem } from './explained-item'

export interface ExplainResultsProps {
  readonly answer: Explanation
  /** Null where only what is stored was read. */
  readonly asking: Asking | null
}

/** So many paths of one verdict are shown at once; of a longer list of what needs no action, none is. */
const SHOWN_MAX = 20
const NEEDS_NOTHING: ReadonlySet<Verdict> = new Set(['cached', 'not-in-set'])

/** Every path of a question with its verdict: what a reader can act on first. */
export function ExplainResults({ answer, asking }: ExplainResultsProps) {
  const groups = VERDICTS.filter((verdict) => answer.summary[verdict] > 0)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p role="status" className="font-medium">
        {sumOf(answer, groups)}
      </p>
      {explainNotes(answer, asking).map((note) => (
        <p key={note} className="max-w-[72ch] text-sm text-muted">
          {note}
        </p>
      ))}
      {groups.map((verdict) => (
        <Group key={verdict} verdict={verdict} paths={answer.paths.filter((path) => path.verdict === verdict)} />
      ))}
    </div>
  )
}

function sumOf({ paths, summary }: Explanation, groups: readonly Verdict[]): string {
  const parts = groups.map((verdict) => `${groupedNumber(summary[verdict])} ${verdictWord(verdict)}`)
  return `${groupedNumber(paths.length)} ${paths.length === 1 ? 'path' : 'paths'}: ${parts.join(', ')}.`
}

function Group({ verdict, paths }: { verdict: Verdict; paths: readonly ExplainedPath[] }) {
  const shown = paths.slice(0, SHOWN_MAX)
  const rest = paths.slice(SHOWN_MAX)
  if (NEEDS_NOTHING.has(verdict) && rest.length > 0) {
    return <Fold summary={`${groupedNumber(paths.length)} ${verdictWord(verdict)}`} paths={paths} />
  }
  return (
    <div>
      <h3 className="font-semibold">
        {capital(verdictWord(verdict))}{' '}
        <span className="tabular text-sm font-normal text-muted">{groupedNumber(paths.length)}</span>
      </h3>
      <Items paths={shown} />
      {rest.length > 0 && <Fold summary={`${groupedNumber(rest.length)} more`} paths={rest} />}
    </div>
  )
}

function Fold({ summary, paths }: { summary: string; paths: readonly ExplainedPath[] }) {
  return (
    <details>
      <summary className="py-1 font-semibold">{summary}</summary>
      <Items paths={paths} />
    </details>
  )
}

function Items({ paths }: { paths: readonly ExplainedPath[] }) {
  return (
    <ul className="border-t border-line">
      {paths.map((path) => (
        <ExplainedItem key={path.path} path={path} />
      ))}
    </ul>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

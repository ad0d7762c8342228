import { groupedNumber } from '@/components/age'
import { RelativeTime } from '@/components/relative-time'
import { TRIAGE_STATE_WORDS, type TriageChange, type TriageEntry } from '@/lib/contract/triage'
import { triageStateOf } from '@/lib/domain/triage'

export interface TriageTrailProps {
  readonly entry: Pick<TriageEntry, 'name' | 'trail' | 'changes' | 'openedAt'>
  readonly now: Date
}

/** The audit trail of a cause: who changed what from what to what, newest first, and when it was opened at last. */
export function TriageTrail({ entry, now }: TriageTrailProps) {
  const { trail, changes, openedAt } = entry
  return (
    <details>
      <summary className="w-fit underline underline-offset-2">
        History{changes > 0 && <span className="tabular"> ({groupedNumber(changes)})</span>}
      </summary>
      <ol aria-label={`History of ${entry.name}`} className="mt-1 grid max-w-[80ch] gap-1 border-l-2 border-line pl-3">
        {trail.map((change) => (
          <Line key={JSON.stringify(change)} change={change} now={now} />
        ))}
        {changes > trail.length && (
          <li className="text-muted">{groupedNumber(changes - trail.length)} older ones are kept in the database</li>
        )}
        <li>
          <span className="text-muted">
            <RelativeTime at={openedAt} now={now} suffix=" ago" />:
          </span>{' '}
          the sync saw it first
        </li>
      </ol>
    </details>
  )
}

const ACTS = {
  changed: '',
  closed: 'the sync found it gone',
  reopened: 'the sync saw it come back',
} satisfies Record<TriageChange['act'], string>

function Line({ change: { at, who, act, fields }, now }: { change: TriageChange; now: Date }) {
  return (
    <li>
      <span className="text-muted">
        <RelativeTime at={at} now={now} suffix=" ago" />:
      </span>{' '}
      {act === 'changed' ? <span className="font-medium">{who ?? 'somebody'}</span> : ACTS[act]}
      {fields.map((field) => (
        <span key={field.name}>
          {', '}
          <Field field={field} />
        </span>
      ))}
    </li>
  )
}

type ChangedField = TriageChange['fields'][number]

const NAMES = { state: 'state', note: 'note', issueUrl: 'issue' } satisfies Record<ChangedField['name'], string>

/** Notes and addresses are text of people: shown as they are, never as markup. */
function Field({ field: { name, before, after } }: { field: ChangedField }) {
  const [old, now] = [wordsOf(name, before), wordsOf(name, after)]
  return (
    <>
      {NAMES[name]} <span className="break-words whitespace-pre-wrap text-muted">{old}</span>
      <span aria-hidden="true"> → </span>
      <span className="sr-only"> to </span>
      <span className="break-words whitespace-pre-wrap">{now}</span>
    </>
  )
}

function wordsOf(name: ChangedField['name'], value: string | null): string {
  if (value === null) return 'none'
  if (name === 'note') return `“${value}”`
  return name === 'state' ? TRIAGE_STATE_WORDS[triageStateOf(value)] : value
}

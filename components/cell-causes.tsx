import type { RootCause } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'
import type { Status } from '@/lib/domain/status'

/** What a failure comes from. A build that failed by itself is its own cause, which its status already tells. */
export function CellCauses({ causes, status }: { causes: readonly RootCause[]; status: Status }) {
  if (causes.length === 0 || status === 'failed' || status === 'timed-out') return null
  return (
    <>
      <dt className="text-muted">{causes.length === 1 ? 'root cause' : 'root causes'}</dt>
      <dd>
        <ul>
          {causes.map((cause) => (
            <li key={`${cause.derivation} ${cause.name}`} title={cause.derivation ?? undefined} className="break-words">
              <CauseName cause={cause} /> <span className="text-muted">{statusWord(cause.status)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

/** What does not evaluate has no derivation, and so no page. */
function CauseName({ cause: { derivation, name } }: { cause: RootCause }) {
  if (derivation === null) return <span className="font-medium">{name}</span>
  return (
    <a href={paths.derivation(derivation)} className="font-medium">
      {name}
    </a>
  )
}

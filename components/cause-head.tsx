import type { FoldedCause } from '@/lib/contract/folded-cause'
import { paths } from '@/lib/contract/paths'
import type { Mark } from '@/lib/domain/cell-word'
import type { Status } from '@/lib/domain/status'
import { groupedNumber } from './age'
import { LogExcerptView } from './derivation/log-excerpt'
import { StatusMark } from './status-mark'

/** One root cause: its name, what it blocks, and on which branches a cause of that name stands now. */
export function CauseHead({ cause, titles }: { cause: FoldedCause; titles: ReadonlyMap<string, string> }) {
  const { name, derivation, status, excerpt } = cause
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <h3 className="flex min-w-0 items-start gap-2 text-base font-semibold">
        <span className="pt-0.5">
          <StatusMark mark={MARKS.get(status) ?? 'unknown'} />
        </span>
        <span className="min-w-0 break-words">
          {derivation === null ? name : <a href={paths.derivation(derivation)}>{name}</a>}
        </span>
      </h3>
      <p className="pt-px text-sm text-muted">{[statusWord(cause), blocksWords(cause)].join(' · ')}</p>
      <BrokenNow cause={cause} titles={titles} />
      {excerpt !== null && derivation !== null && (
        <details className="w-full">
          <summary className="w-fit text-sm underline underline-offset-2">why it failed</summary>
          <LogExcerptView derivation={derivation} excerpt={excerpt} />
        </details>
      )}
    </div>
  )
}

const MARKS: ReadonlyMap<Status, Mark> = new Map([
  ['failed', 'failed'],
  ['timed-out', 'timed-out'],
  ['evaluation-failed', 'evaluation-failed'],
  ['dependency-failed', 'blocked'],
])

function statusWord({ status }: FoldedCause): string {
  return status === 'evaluation-failed' ? 'does not evaluate' : status === 'timed-out' ? 'timed out' : status
}

/** Such as `breaks 14 attributes of 9 packages`. */
export function blocksWords({ blocks, packages }: Pick<FoldedCause, 'blocks' | 'packages'>): string {
  const of = packages.length === blocks ? '' : ` of ${counted(packages.length, 'package')}`
  return `breaks ${packages.length === blocks ? counted(blocks, 'package') : counted(blocks, 'attribute')}${of}`
}

function counted(count: number, noun: string): string {
  return `${groupedNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

function BrokenNow({ cause: { brokenNow }, titles }: { cause: FoldedCause; titles: ReadonlyMap<string, string> }) {
  if (brokenNow.length === 0) return <p className="pt-px text-sm text-muted">broken on no branch now</p>
  return (
    <p className="pt-px text-sm text-muted">
      broken now on{' '}
      {brokenNow.map(({ branch, blocks }, at) => (
        <span key={branch}>
          {at > 0 && ', '}
          <a href={paths.branch(branch)}>{titles.get(branch) ?? branch}</a> (
          <span className="tabular">{groupedNumber(blocks)}</span>)
        </span>
      ))}
    </p>
  )
}

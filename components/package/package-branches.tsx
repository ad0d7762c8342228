import { type CellState, cellState } from '@/components/cell-state'
import { FlappingMark } from '@/components/flapping-mark'
import { HeadRow } from '@/components/head-row'
import { Point } from '@/components/point'
import { RelativeTime } from '@/components/relative-time'
import { Revision } from '@/components/revision'
import { StatusMark } from '@/components/status-mark'
import type { Evaluation } from '@/lib/contract/evaluation'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { PackageBranch } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'

export interface PackageBranchesProps {
  /** The package. */
  readonly name: string
  readonly branches: readonly PackageBranch[]
  /** Heads of the columns: their freshness makes a status stale. */
  readonly heads: readonly MatrixBranch[]
  readonly now: Date
  readonly nixpkgsUrl: string
}

const HEADS = ['Branch', 'Now', 'Version', 'Since', 'First bad', 'Last good', 'Last ready']

/** How a package stands, one line per branch. */
export function PackageBranches({ name: row, branches, heads, now, nixpkgsUrl }: PackageBranchesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section aria-label="Branches" tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">How the package stands on each branch</caption>
        <HeadRow heads={HEADS} />
        <tbody>
          {branches.map((branch) => {
            const head = heads.find(({ name }) => name === branch.name)
            return head && <BranchRow key={branch.name} {...{ row, branch, head, now, nixpkgsUrl }} />
          })}
        </tbody>
      </table>
    </section>
  )
}

interface BranchRowProps {
  readonly row: string
  readonly branch: PackageBranch
  readonly head: MatrixBranch
  readonly now: Date
  readonly nixpkgsUrl: string
}

function BranchRow({ row, branch, head, now, nixpkgsUrl }: BranchRowProps) {
  const { cell } = branch
  return (
    <tr className="border-b border-line align-top" data-stale={head.freshness === 'fresh' ? undefined : true}>
      <th scope="row" className="py-2 pr-6 font-semibold whitespace-nowrap">
        {branch.title}
      </th>
      <td className="py-2 pr-6">
        <State state={cellState(cell, head, now)} isFlapping={branch.isFlapping} />
      </td>
      <td className="py-2 pr-6 font-mono text-xs">{cell.version ?? 'none'}</td>
      <td className="py-2 pr-6">
        {cell.since ? <Point point={cell.since} now={now} nixpkgsUrl={nixpkgsUrl} /> : 'never decided'}
      </td>
      <td className="py-2 pr-6">
        <Place evaluation={branch.firstBad} none="not broken" {...{ now, nixpkgsUrl }} />
      </td>
      <td className="py-2 pr-6">
        <Place evaluation={branch.lastGood} none="never seen" {...{ now, nixpkgsUrl }} />
      </td>
      <td className="py-2 pr-6">
        {cell.lastReady ? (
          <>
            <Point point={cell.lastReady} now={now} nixpkgsUrl={nixpkgsUrl} />
            {' · '}
            <a
              href={paths.pinOf({ branches: [branch.name], packages: [row] })}
              aria-label={`pin ${row} on ${branch.title}`}
              className="underline"
            >
              pin
            </a>
          </>
        ) : (
          'never seen'
        )}
      </td>
    </tr>
  )
}

function State({ state, isFlapping }: { state: CellState; isFlapping: boolean }) {
  return (
    <span className="flex items-start gap-2">
      <StatusMark mark={state.mark} />
      <span>
        {state.full}
        {isFlapping && (
          <span className="block">
            <FlappingMark />
          </span>
        )}
      </span>
    </span>
  )
}

function Place(props: { evaluation: Evaluation | null; none: string; now: Date; nixpkgsUrl: string }) {
  const { evaluation, none, now, nixpkgsUrl } = props
  if (evaluation === null) return <span className="text-muted">{none}</span>
  return (
    <>
      <a href={paths.evaluation(evaluation.id)}>#{evaluation.index}</a>
      {evaluation.finishedAt !== null && (
        <>
          {', '}
          <RelativeTime at={evaluation.finishedAt} now={now} suffix=" ago" />
        </>
      )}
      {evaluation.nixpkgsRevision !== null && (
        <>
          {', '}
          <Revision revision={evaluation.nixpkgsRevision} nixpkgsUrl={nixpkgsUrl} />
        </>
      )}
    </>
  )
}

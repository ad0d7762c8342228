import { groupedNumber } from '@/components/age'
import { HeadRow } from '@/components/head-row'
import { Point } from '@/components/point'
import { RelativeTime } from '@/components/relative-time'
import type { TriageBranch, TriageEntry } from '@/lib/contract/triage'
import { TriagePackages } from './triage-packages'
import { TriageRoots } from './triage-roots'

const HEADS = ['Branch', 'Root', 'First bad', 'Last good', 'nixpkgs between', 'Packages'] as const
/** Nothing broke: it was found gone, and an older evaluation may be ready still. */
const HEADS_OF_EVICTION = ['Branch', 'Built', 'Found gone', 'Last ready', 'nixpkgs between', 'Packages'] as const

export interface TriageBranchesProps {
  readonly entry: TriageEntry
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** Where a cause breaks what, a line per branch. */
export function TriageBranches({ entry, now, nixpkgsUrl }: TriageBranchesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section aria-label={`Branches of ${entry.name}`} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">Where {entry.name} breaks packages</caption>
        <HeadRow heads={entry.kind === 'eviction' ? HEADS_OF_EVICTION : HEADS} isSmall />
        <tbody>
          {entry.branches.map((branch) => (
            <BranchRow key={branch.name} entry={entry} branch={branch} now={now} nixpkgsUrl={nixpkgsUrl} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function BranchRow({ entry, branch, now, nixpkgsUrl }: TriageBranchesProps & { branch: TriageBranch }) {
  const isStale = branch.freshness === 'stale'
  return (
    <tr className="align-top" data-stale={isStale || undefined}>
      <th scope="row" className="py-1.5 pr-4 font-medium whitespace-nowrap">
        {branch.title}
        {isStale && <span className="hatched ml-1.5 px-1 text-xs font-normal">stale</span>}
      </th>
      <td className="py-1.5 pr-4">
        <TriageRoots roots={branch.derivations} />
      </td>
      <td className="py-1.5 pr-4 whitespace-nowrap">
        {entry.kind === 'eviction' ? (
          <RelativeTime at={entry.reopenedAt ?? entry.openedAt} now={now} suffix=" ago" />
        ) : branch.firstBad === null ? (
          'not known'
        ) : (
          <Point point={branch.firstBad} now={now} nixpkgsUrl={nixpkgsUrl} />
        )}
      </td>
      <td className="py-1.5 pr-4 whitespace-nowrap">
        {branch.lastGood === null ? (
          NEVER[entry.kind]
        ) : (
          <Point point={branch.lastGood} now={now} nixpkgsUrl={nixpkgsUrl} />
        )}
      </td>
      <td className="py-1.5 pr-4 whitespace-nowrap">
        {entry.kind === 'eviction' ? <span className="text-muted">none</span> : <Range nixpkgs={branch.nixpkgs} />}
      </td>
      <td className="min-w-56 py-1.5">
        <span className="tabular text-muted">{groupedNumber(branch.blocks)}: </span>
        <TriagePackages packages={branch.packages} total={branch.blocks} branch={branch.name} />
      </td>
    </tr>
  )
}

const NEVER = { build: 'never seen', evaluation: 'never seen', eviction: 'none now' } as const

function Range({ nixpkgs }: Pick<TriageBranch, 'nixpkgs'>) {
  if (nixpkgs === null) return <span className="text-muted">not known</span>
  if (nixpkgs.from === nixpkgs.to) return <span className="text-muted">the same revision</span>
  return (
    <a href={nixpkgs.compareUrl} rel="noreferrer" className="font-mono text-xs">
      {nixpkgs.from.slice(0, 8)}…{nixpkgs.to.slice(0, 8)}
    </a>
  )
}

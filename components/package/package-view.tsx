import type { ReactNode } from 'react'
import { CellOutputs } from '@/components/cell-outputs'
import { FeedLink } from '@/components/feeds/feed-link'
import type { Frame } from '@/lib/contract/frame'
import type { Package, PackageBranch } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'
import { healthOf } from '@/lib/domain/status'
import { HistoryStrip } from './history-strip'
import { HistoryTable } from './history-table'
import { PackageBadges } from './package-badges'
import { PackageBranches } from './package-branches'
import { PackageCauses } from './package-causes'
import { PackageCharts } from './package-charts'

export interface PackageViewProps {
  readonly found: Package
  readonly frame: Pick<Frame, 'branches' | 'nixpkgsUrl' | 'publicUrl'>
  readonly now: Date
  /** Suspected commits by branch, for the branches where it is broken. */
  readonly suspects: ReadonlyMap<string, ReactNode>
}

/** All that is known of one package, branch by branch. */
export function PackageView({ found, frame, now, suspects }: PackageViewProps) {
  const { nixpkgsUrl } = frame
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold break-all">{found.name}</h1>
        {found.version !== null && <span className="font-mono text-muted">{found.version}</span>}
        <a href={paths.packageJson(found.name)} className="text-sm">
          JSON
        </a>
        <FeedLink href={paths.packageFeed(found.name)} />
      </div>
      <PackageBranches
        name={found.name}
        branches={found.branches}
        heads={frame.branches}
        now={now}
        nixpkgsUrl={nixpkgsUrl}
      />
      <PackageCauses branches={found.branches} suspects={suspects} />
      <section aria-labelledby="history" className="grid gap-4">
        <h2 id="history" className="text-lg font-semibold">
          History
        </h2>
        {found.branches.map((branch) => (
          <BranchHistory key={branch.name} branch={branch} now={now} nixpkgsUrl={nixpkgsUrl} />
        ))}
        <PackageCharts branches={found.branches} />
      </section>
      <section aria-labelledby="outputs" className="grid gap-4">
        <h2 id="outputs" className="text-lg font-semibold">
          Outputs and caches
        </h2>
        <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-4">
          {found.branches.map((branch) => (
            <BranchOutputs key={branch.name} branch={branch} now={now} />
          ))}
        </div>
      </section>
      <PackageBadges name={found.name} branches={found.branches} publicUrl={frame.publicUrl} />
    </div>
  )
}

function BranchHistory({ branch, now, nixpkgsUrl }: { branch: PackageBranch; now: Date; nixpkgsUrl: string }) {
  const { history, title } = branch
  if (history.length === 0)
    return <p className="text-sm text-muted">{title}: no evaluation has had this package yet.</p>
  const good = history.filter(({ status }) => healthOf(status) === 'good').length
  const label = `${title}: ${good} of the last ${history.length} evaluations succeeded`
  return (
    <div>
      <h3 className="text-sm">{label}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section aria-label={`${title} over time`} tabIndex={0} className="relative overflow-x-auto py-1">
        <HistoryStrip history={history} label={label} />
      </section>
      <details>
        <summary className="w-fit text-xs underline underline-offset-2">
          all {history.length} evaluations as a table
        </summary>
        <div className="relative overflow-x-auto pt-2">
          <HistoryTable {...{ history, now, nixpkgsUrl }} caption={`History on ${title}, newest first`} />
        </div>
      </details>
    </div>
  )
}

function BranchOutputs({ branch, now }: { branch: PackageBranch; now: Date }) {
  const outputs = branch.cell.outputs ?? []
  return (
    <div className="min-w-0 text-xs">
      <h3 className="mb-1 text-sm">{branch.title}</h3>
      {outputs.length === 0 ? (
        <p className="text-muted">No outputs are known here.</p>
      ) : (
        <CellOutputs outputs={outputs} now={now} />
      )}
    </div>
  )
}

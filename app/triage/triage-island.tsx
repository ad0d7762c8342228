'use client'
import { groupedNumber } from '@/components/age'
import { FeedLink } from '@/components/feeds/feed-link'
import { MatrixNotices } from '@/components/matrix-notices'
import { TriageEmpty } from '@/components/triage/triage-empty'
import { TriageFilters } from '@/components/triage/triage-filters'
import { TriageNotices } from '@/components/triage/triage-notices'
import { TriagePages } from '@/components/triage/triage-pages'
import { useNow } from '@/lib/client/use-now'
import { paths } from '@/lib/contract/paths'
import { TriageList } from './triage-list'
import { useTriage } from './use-triage'

export interface TriageIslandProps {
  /** When the server drew the page. */
  readonly serverNow: string
  readonly nixpkgsUrl: string
  readonly isSignedIn: boolean
}

/** Holds the page's browser state; what it draws are views and the forms. */
export function TriageIsland({ serverNow, nixpkgsUrl, isSignedIn }: TriageIslandProps) {
  const now = useNow(serverNow)
  const { params, triage, isBusy, fault, setFilter, clear, hrefOf } = useTriage()
  if (triage === undefined) return <MatrixNotices branches={[]} fault={fault} />
  const { causes, total, states } = triage
  const open = Object.values(states).reduce((sum, count) => sum + count, 0)
  const isFiltered = params.state.length > 0 || params.branch.length > 0
  return (
    <>
      <MatrixNotices branches={[]} fault={fault} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <h1 className="text-lg font-semibold">Triage</h1>
        <FeedLink href={paths.feed()} />
        <TriageFilters filter={params} triage={triage} action={paths.triage()} onChange={setFilter} />
        <p role="status" className="tabular ml-auto text-xs text-muted">
          {groupedNumber(total)} of {groupedNumber(open)} root causes
        </p>
      </div>
      <TriageNotices triage={triage} signInHref={isSignedIn ? null : paths.signInFrom(hrefOf({}))} />
      {causes.length === 0 ? (
        <TriageEmpty triage={triage} isFiltered={isFiltered} clearHref={paths.triage()} onClear={clear} />
      ) : (
        <TriageList entries={causes} now={now} nixpkgsUrl={nixpkgsUrl} mayChange={isSignedIn} isBusy={isBusy} />
      )}
      <TriagePages params={params} total={total} hrefOf={(offset) => hrefOf({ offset })} />
    </>
  )
}

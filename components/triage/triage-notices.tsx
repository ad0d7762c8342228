import { groupedNumber } from '@/components/age'
import { paths } from '@/lib/contract/paths'
import type { Triage } from '@/lib/contract/triage'

/** What a reader must know before trusting the list, and how to take part. */
export function TriageNotices({ triage, signInHref }: { triage: Triage; signInHref: string | null }) {
  const stale = triage.branches.filter(({ freshness }) => freshness === 'stale').map(({ title }) => title)
  return (
    <>
      {stale.length > 0 && (
        <p className="notice">
          Stale: {stale.join(', ')}. What is listed there is what was last seen, and nothing is closed because of it.
        </p>
      )}
      {triage.unexplained > 0 && (
        <p className="notice">
          {triage.unexplained === 1
            ? 'One more package is broken whose cause is not known yet'
            : `${groupedNumber(triage.unexplained)} more packages are broken whose causes are not known yet`}
          : they stand in the <a href={paths.matrixWith(new URLSearchParams({ sort: 'status' }))}>matrix</a>.
        </p>
      )}
      {signInHref !== null && (
        <p className="px-4 pt-2 pb-1 text-sm text-muted">
          <a href={signInHref}>Sign in</a> to acknowledge causes and to write notes. Reading needs no sign-in.
        </p>
      )}
    </>
  )
}

import type { MatrixBranch } from '@/lib/contract/matrix'

export interface MatrixNoticesProps {
  readonly branches: readonly MatrixBranch[]
  /** The last refresh failed: why, and how to try again. */
  readonly fault: { readonly message: string; readonly onRetry: () => void } | null
}

/** What a reader must know before trusting the rows. */
export function MatrixNotices({ branches, fault }: MatrixNoticesProps) {
  const isAllStale = branches.length > 0 && branches.every(({ freshness }) => freshness === 'stale')
  const isAllNever = branches.length > 0 && branches.every(({ freshness }) => freshness === 'never')
  return (
    <>
      {fault !== null && (
        <div role="alert" className="notice flex items-center gap-3">
          <span>{fault.message} What stands below is the last answer we had.</span>
          <button type="button" className="button" onClick={fault.onRetry}>
            Try again
          </button>
        </div>
      )}
      {isAllStale && (
        <p className="notice">
          Every branch is stale: nothing below may be relied on today. The heads of the columns say why.
        </p>
      )}
      {isAllNever && (
        <p className="notice">No evaluation of any branch has finished yet, so nothing is known of any package.</p>
      )}
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { CachesView } from '@/components/caches/caches-view'
import { MatrixNotices } from '@/components/matrix-notices'
import { cachesQuery } from '@/lib/client/caches'
import { REFRESH_MS, REFRESH_WHILE_SYNCING_MS } from '@/lib/client/query-client'
import { syncQuery } from '@/lib/client/sync'
import { useNow } from '@/lib/client/use-now'

/** The caches that came with the page, kept up to date. */
export function CachesIsland({ serverNow }: { serverNow: string }) {
  const now = useNow(serverNow)
  const sync = useQuery(syncQuery())
  const refetchInterval = sync.data?.running ? REFRESH_WHILE_SYNCING_MS : REFRESH_MS
  const { data, error, refetch } = useQuery({ ...cachesQuery(), refetchInterval })
  const fault = error === null ? null : { message: error.message, onRetry: () => void refetch() }
  return (
    <>
      <MatrixNotices branches={[]} fault={fault} />
      {data !== undefined && <CachesView caches={data.caches} now={now} />}
    </>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { branchesQuery } from '@/lib/client/matrix'
import { REFRESH_MS, REFRESH_WHILE_SYNCING_MS } from '@/lib/client/query-client'
import { syncQuery } from '@/lib/client/sync'
import type { Frame } from '@/lib/contract/frame'

/** The frame that came with the page, with what has changed since. */
export function useLiveFrame(frame: Frame) {
  const { data: sync } = useQuery(syncQuery())
  const isSyncing = sync === undefined ? frame.syncRunning !== null : sync.running !== null
  const { data: branches } = useQuery({
    ...branchesQuery(),
    initialData: frame.branches,
    refetchInterval: isSyncing ? REFRESH_WHILE_SYNCING_MS : REFRESH_MS,
  })
  const run = sync?.runs.find(({ id }) => id === sync.running)
  return {
    branches,
    readAt: sync === undefined ? frame.readAt : oldestOf(sync.sources.map(({ readAt }) => readAt)),
    running: isSyncing ? { progress: run?.progress ?? null } : null,
  }
}

/** The oldest of some times; null when one is missing or there are none. */
function oldestOf(times: readonly (string | null)[]): string | null {
  const known = times.filter((time) => time !== null)
  return known.length === times.length ? (known.sort()[0] ?? null) : null
}

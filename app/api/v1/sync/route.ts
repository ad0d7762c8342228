import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { readSyncReport } from '@/lib/queries/sync-report'
import { nextSync } from '@/lib/sync/schedule'
import { startByRequest } from './start-by-request'

/** Syncs that ran, the one that runs, and when the next one is due. */
export const GET = answering('GET /api/v1/sync', async (request: Request) => {
  return json(request, await readSyncReport(nextSync()), { maxAgeSeconds: 0 })
})

/** Starts a sync for whoever sends the admin token. */
export const POST = answering('POST /api/v1/sync', (request: Request) => {
  return startByRequest(request)
})

import { json } from '@/lib/http/conditional'
import { readSyncReport } from '@/lib/queries/sync-report'
import { nextSync } from '@/lib/sync/schedule'
import { startByRequest } from './start-by-request'

/** Syncs that ran, the one that runs, and when the next one is due. */
export async function GET(request: Request): Promise<Response> {
  return json(request, await readSyncReport(nextSync()), { maxAgeSeconds: 0 })
}

/** Starts a sync for whoever sends the admin token. */
export function POST(request: Request): Promise<Response> {
  return startByRequest(request)
}

import 'server-only'
import { problem } from '@/lib/http/problem'
import { type RefreshedLog, refreshLog } from '@/lib/sync/refresh-log'

export interface RefreshTools {
  readonly refresh: (derivation: string, client: string) => Promise<RefreshedLog>
  readonly now: Date
}

/** Reads a log because somebody asks for it: 204 once what its source has is stored, or a problem that tells what to do. */
export async function refreshByRequest(
  derivation: string,
  client: string,
  { refresh = refreshLog, now = new Date() }: Partial<RefreshTools> = {},
): Promise<Response> {
  const refreshed = await refresh(derivation, client)
  switch (refreshed.kind) {
    case 'stored':
      return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
    case 'unknown-derivation':
      return problem(404, 'There is no derivation of that name; give it as in its store path, <hash>-<name>.drv')
    case 'no-logs':
      return problem(404, 'The source of this derivation gives no logs; follow the link to its own page')
    case 'asked-too-often':
      return problem(429, 'Too many logs were asked for; try again later', {}, waitUntil(refreshed.retryAt, now))
    case 'unavailable': {
      const headers = refreshed.retryAt === null ? {} : waitUntil(refreshed.retryAt, now)
      return problem(503, 'The source did not give the log; try again later', { detail: refreshed.reason }, headers)
    }
  }
}

function waitUntil(retryAt: Date, now: Date): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000))) }
}

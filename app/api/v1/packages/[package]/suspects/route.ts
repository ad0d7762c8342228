import { answering } from '@/app/answering'
import { clientOf } from '@/app/client-of'
import { parseQuery } from '@/lib/contract/query'
import { SuspectsParamsSchema } from '@/lib/contract/suspects'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readSuspects } from '@/lib/queries/suspects'
import { refreshSuspects } from '@/lib/sync/refresh-suspects'

type Context = RouteContext<'/api/v1/packages/[package]/suspects'>

/** The commits that may have broken a package on a branch, closest first. */
export const GET = answering(
  'GET /api/v1/packages/{package}/suspects',
  async (request: Request, { params }: Context) => {
    const asked = await parseCell(request, params)
    if (asked instanceof Response) return asked
    const found = await readSuspects(asked)
    if (found === null) return noCell()
    return json(request, found, { maxAgeSeconds: 60 })
  },
)

/** Reads those commits now instead of with one of the next syncs, and answers what GET then does. */
export const POST = answering(
  'POST /api/v1/packages/{package}/suspects',
  async (request: Request, { params }: Context) => {
    const asked = await parseCell(request, params)
    if (asked instanceof Response) return asked
    if ((await readSuspects(asked)) === null) return noCell()
    const refreshed = await refreshSuspects(asked, clientOf(request.headers))
    if (refreshed.kind === 'limited') return later(429, 'You asked too often; try again later', refreshed.retryAt)
    if (refreshed.kind === 'unavailable') {
      return later(503, `The commits cannot be read now (${refreshed.reason}); try again later`, refreshed.retryAt)
    }
    return Response.json(await readSuspects(asked), { headers: { 'cache-control': 'no-store' } })
  },
)

async function parseCell(
  request: Request,
  params: Context['params'],
): Promise<{ branch: string; row: string } | Response> {
  const { package: row } = await params
  const given = new URL(request.url).searchParams
  const query = parseQuery(SuspectsParamsSchema, given, (name) => (name === 'branch' ? 'name a branch' : 'be left out'))
  return query.ok ? { branch: query.params.branch, row } : problem(400, query.title, { parameter: query.parameter })
}

function noCell(): Response {
  return problem(404, 'There is no such package on such a branch; /api/v1/matrix lists both')
}

function later(status: number, title: string, retryAt: Date | null): Response {
  return problem(status, title, {}, retryAt === null ? {} : { 'retry-after': retryAt.toUTCString() })
}

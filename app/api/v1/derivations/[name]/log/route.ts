import { answering } from '@/app/answering'
import { clientOf } from '@/app/client-of'
import { LOG_LINES_MAX, LogParamsSchema } from '@/lib/contract/log'
import { parseQuery } from '@/lib/contract/query'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readLog } from '@/lib/queries/log'
import { refreshByRequest } from './refresh-by-request'

type Context = RouteContext<'/api/v1/derivations/[name]/log'>

const EXPECTED: Readonly<Record<string, string>> = {
  from: 'be the number of a line, from 1 on',
  limit: `be a whole number from 1 to ${LOG_LINES_MAX}`,
  q: 'be a text of at most 200 characters',
}

/** A page of the stored log of a derivation. */
export const GET = answering('GET /api/v1/derivations/{name}/log', async (request: Request, { params }: Context) => {
  const { name } = await params
  const query = parseQuery(
    LogParamsSchema,
    new URL(request.url).searchParams,
    (parameter) => EXPECTED[parameter] ?? 'be left out',
  )
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const log = await readLog(`/nix/store/${name}`, query.params)
  if (log === null) {
    return problem(404, 'There is no derivation of that name; give it as in its store path, <hash>-<name>.drv')
  }
  return json(request, log, { maxAgeSeconds: 0 })
})

/** Reads the log from its source as far as it is not stored yet. */
export const POST = answering('POST /api/v1/derivations/{name}/log', async (request: Request, { params }: Context) => {
  const { name } = await params
  return refreshByRequest(`/nix/store/${name}`, clientOf(request.headers))
})

import { answering } from '@/app/answering'
import { noPinProblem, parsePinQuery } from '@/app/api/v1/pin/answer-pin'
import { askAnew, isOutdated } from '@/app/api/v1/pin/ask-anew'
import { clientOf } from '@/app/client-of'
import { problem } from '@/lib/http/problem'
import { readPin } from '@/lib/queries/pin'

type Context = RouteContext<'/pin/[branch]/archive'>

const MAX_AGE_SECONDS = 60

/** Leads to the archive of the nixpkgs revision that is the pin now, so that a script or `fetchTarball` can follow it. */
export const GET = answering('GET /pin/{branch}/archive', async (request: Request, { params }: Context) => {
  const asked = new URL(request.url).searchParams
  asked.set('branch', (await params).branch)
  const query = parsePinQuery(asked)
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const stored = await readPin(query.params)
  if (stored.kind === 'refused') return noPinProblem(stored)
  // A redirect cannot say how old its knowledge is, so it has none that is older than configured.
  const isOld = isOutdated(stored)
  const refused = isOld ? await askAnew(stored, clientOf(request.headers)) : null
  if (refused !== null) return refused
  const answer = isOld ? await readPin(query.params) : stored
  if (answer.kind !== 'pin') return noPinProblem(answer)
  const headers = { location: answer.pin.links.archive, 'cache-control': `public, max-age=${MAX_AGE_SECONDS}` }
  return new Response(null, { status: 302, headers })
})

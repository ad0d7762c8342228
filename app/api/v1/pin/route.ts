import { answering } from '@/app/answering'
import { clientOf } from '@/app/client-of'
import type { PinAnswer, PinParams } from '@/lib/contract/pin'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readPin } from '@/lib/queries/pin'
import { refreshPin } from '@/lib/sync/refresh-pin'
import { noPinProblem, parsePinQuery } from './answer-pin'

/** The revision to pin, as on `/pin`. */
export const GET = answering('GET /api/v1/pin', async (request: Request) => {
  const query = parsePinQuery(new URL(request.url).searchParams)
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const answer = await readPin(query.params)
  return answer.kind === 'pin' ? json(request, answer.pin, { maxAgeSeconds: 60 }) : noPinProblem(answer)
})

/** Asks the caches anew about the newest revisions, and answers what GET then does. */
export const POST = answering('POST /api/v1/pin', async (request: Request) => {
  const query = parsePinQuery(new URL(request.url).searchParams)
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const stored = await readPin(query.params)
  if (stored.kind === 'refused') return noPinProblem(stored)
  const refused = await refresh(stored, clientOf(request.headers))
  return refused ?? answerAnew(query.params)
})

async function refresh(stored: Exclude<PinAnswer, { kind: 'refused' }>, client: string): Promise<Response | null> {
  const { branch, packages } = stored.kind === 'pin' ? stored.pin : stored.none
  const refreshed = await refreshPin({ branch, packages }, client)
  if (refreshed.kind === 'limited') {
    const headers = { 'retry-after': refreshed.retryAt.toUTCString() }
    return problem(429, 'The caches were asked too often; try again later', {}, headers)
  }
  if (refreshed.kind === 'late') {
    return problem(503, 'The caches take long to answer; what they say is shown once it is there')
  }
  return null
}

async function answerAnew(params: PinParams): Promise<Response> {
  const answer = await readPin(params)
  if (answer.kind !== 'pin') return noPinProblem(answer)
  return Response.json(answer.pin, { headers: { 'cache-control': 'no-store' } })
}

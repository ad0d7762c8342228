import { answering } from '@/app/answering'
import { clientOf } from '@/app/client-of'
import type { PinParams } from '@/lib/contract/pin'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readPin } from '@/lib/queries/pin'
import { noPinProblem, parsePinQuery } from './answer-pin'
import { askAnew } from './ask-anew'

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
  const refused = await askAnew(stored, clientOf(request.headers))
  return refused ?? answerAnew(query.params)
})

async function answerAnew(params: PinParams): Promise<Response> {
  const answer = await readPin(params)
  if (answer.kind !== 'pin') return noPinProblem(answer)
  return Response.json(answer.pin, { headers: { 'cache-control': 'no-store' } })
}

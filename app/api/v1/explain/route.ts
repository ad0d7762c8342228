import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { readExplanation } from '@/lib/queries/explain'
import { explainNow, parseExplainBody, parseExplainQuery } from './explain-by-request'

/** Why store paths are, or are not, in the caches, by what is stored. */
export const GET = answering('GET /api/v1/explain', async (request: Request) => {
  const asked = parseExplainQuery(new URL(request.url).searchParams)
  if ('refusal' in asked) return asked.refusal
  return json(request, await readExplanation(asked.question), { maxAgeSeconds: 0 })
})

/** The same for a pasted text, after the caches were asked for what is due. */
export const POST = answering('POST /api/v1/explain', async (request: Request) => {
  const asked = await parseExplainBody(request)
  if ('refusal' in asked) return asked.refusal
  const answer = await explainNow(asked.question, request.headers)
  const { retryAt } = answer.asking
  const headers = {
    'cache-control': 'no-store',
    ...(retryAt !== null && { 'retry-after': new Date(retryAt).toUTCString() }),
  }
  return Response.json(answer, { headers })
})

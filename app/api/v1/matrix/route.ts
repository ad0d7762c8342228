import { answering } from '@/app/answering'
import { parseMatrixQuery } from '@/lib/contract/matrix-query'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readMatrix } from '@/lib/queries/matrix'

const MAX_AGE_SECONDS = 60

/** The matrix of `/` for machines. */
export const GET = answering('GET /api/v1/matrix', async (request: Request) => {
  const query = parseMatrixQuery(new URL(request.url).searchParams)
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  return json(request, await readMatrix(query.params), { maxAgeSeconds: MAX_AGE_SECONDS })
})

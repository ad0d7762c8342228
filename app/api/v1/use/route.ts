import { answering } from '@/app/answering'
import { parseQuery } from '@/lib/contract/query'
import { UseParamsSchema } from '@/lib/contract/use'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readUse } from '@/lib/queries/use'

const MAX_AGE_SECONDS = 60

/** The snippets of `/use`. */
export const GET = answering('GET /api/v1/use', async (request: Request) => {
  const query = parseQuery(UseParamsSchema, new URL(request.url).searchParams, () => 'be the name of a branch')
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const use = await readUse(query.params)
  if (use === null) return problem(404, 'There is no such branch; /api/v1/matrix lists them')
  return json(request, use, { maxAgeSeconds: MAX_AGE_SECONDS })
})

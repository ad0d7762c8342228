import { answering } from '@/app/answering'
import { CURSOR_EXPECTED } from '@/lib/contract/cursor'
import { PACKAGES_MAX, PackagesParamsSchema } from '@/lib/contract/package'
import { parseQuery } from '@/lib/contract/query'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readPackages } from '@/lib/queries/packages'

const EXPECTED: Readonly<Record<string, string>> = {
  q: 'have 200 characters at most',
  limit: `be a whole number from 1 to ${PACKAGES_MAX}`,
  offset: 'be a whole number from 0',
  after: CURSOR_EXPECTED,
}

/** The names of all packages, headline ones first. */
export const GET = answering('GET /api/v1/packages', async (request: Request) => {
  const query = parseQuery(
    PackagesParamsSchema,
    new URL(request.url).searchParams,
    (name) => EXPECTED[name] ?? 'be left out',
  )
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  return json(request, await readPackages(query.params), { maxAgeSeconds: 60 })
})

import { answering } from '@/app/answering'
import { DiffParamsSchema } from '@/lib/contract/diff'
import { parseQuery } from '@/lib/contract/query'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readDiff } from '@/lib/queries/diff'

const EXPECTED: Readonly<Record<string, string>> = {
  branch: 'be the name of a branch',
  from: 'be the id of an evaluation',
  to: 'be the id of an evaluation',
  package: 'be the name of a package',
}

/** The diff of `/diff` for machines. */
export const GET = answering('GET /api/v1/diff', async (request: Request) => {
  const query = parseQuery(
    DiffParamsSchema,
    new URL(request.url).searchParams,
    (name) => EXPECTED[name] ?? 'be left out',
  )
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  const { branch, to } = query.params
  if (branch === null && to === null)
    return problem(400, 'Name a branch, or two evaluations: from and to', { parameter: 'branch' })
  const diff = await readDiff(query.params)
  if ('reason' in diff) return problem(404, diff.reason)
  return json(request, diff, { maxAgeSeconds: 60 })
})

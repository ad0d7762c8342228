import { answering } from '@/app/answering'
import { EVALUATIONS_MAX, EvaluationsParamsSchema } from '@/lib/contract/evaluations'
import { parseQuery } from '@/lib/contract/query'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readBranchEvaluations } from '@/lib/queries/branch-evaluations'

const EXPECTED: Readonly<Record<string, string>> = {
  limit: `be a whole number from 1 to ${EVALUATIONS_MAX}`,
  before: 'be the id of an evaluation',
}

/** Every evaluation of a branch, newest first. */
export const GET = answering(
  'GET /api/v1/branches/{branch}/evaluations',
  async (request: Request, { params }: RouteContext<'/api/v1/branches/[branch]/evaluations'>) => {
    const { branch } = await params
    const query = parseQuery(
      EvaluationsParamsSchema,
      new URL(request.url).searchParams,
      (name) => EXPECTED[name] ?? 'be left out',
    )
    if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
    const found = await readBranchEvaluations(branch, query.params)
    if (found === null) return problem(404, 'There is no branch of that name; /api/v1/matrix lists them')
    return json(request, found, { maxAgeSeconds: 60 })
  },
)

import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readEvaluationDetail } from '@/lib/queries/evaluation-detail'

/** One evaluation with all its attributes. */
export const GET = answering(
  'GET /api/v1/evaluations/{id}',
  async (request: Request, { params }: RouteContext<'/api/v1/evaluations/[id]'>) => {
    const { id } = await params
    const found = await readEvaluationDetail(id)
    if (found === null)
      return problem(404, 'There is no evaluation of that id; /api/v1/branches/{branch}/evaluations lists them')
    return json(request, found, { maxAgeSeconds: 60 })
  },
)

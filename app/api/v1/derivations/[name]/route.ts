import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readDerivation } from '@/lib/queries/derivation'

/** One derivation: its outputs, what it blocks and what blocks it. */
export const GET = answering(
  'GET /api/v1/derivations/{name}',
  async (request: Request, { params }: RouteContext<'/api/v1/derivations/[name]'>) => {
    const { name } = await params
    const found = await readDerivation(name)
    if (found === null) {
      return problem(404, 'There is no derivation of that name; give it as in its store path, <hash>-<name>.drv')
    }
    return json(request, found, { maxAgeSeconds: 60 })
  },
)

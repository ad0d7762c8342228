import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readDerivation } from '@/lib/queries/derivation'

/** One derivation: its outputs, what it blocks and what blocks it. */
export async function GET(request: Request, { params }: RouteContext<'/api/v1/derivations/[name]'>): Promise<Response> {
  const { name } = await params
  const found = await readDerivation(name)
  if (found === null) {
    return problem(404, 'There is no derivation of that name; give it as in its store path, <hash>-<name>.drv')
  }
  return json(request, found, { maxAgeSeconds: 60 })
}

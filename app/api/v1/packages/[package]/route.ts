import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readPackage } from '@/lib/queries/package'

/** One package over all branches with its history. */
export const GET = answering(
  'GET /api/v1/packages/{package}',
  async (request: Request, { params }: RouteContext<'/api/v1/packages/[package]'>) => {
    const { package: name } = await params
    const found = await readPackage(name)
    if (found === null) return problem(404, 'There is no package of that name; /api/v1/packages lists them')
    return json(request, found, { maxAgeSeconds: 60 })
  },
)

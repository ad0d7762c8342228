import { problem } from '@/lib/http/problem'

/** Whatever address is not there. */
function notFound(): Response {
  return problem(404, 'There is nothing at this address; /api lists what there is')
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT }

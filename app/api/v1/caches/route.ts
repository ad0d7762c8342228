import { answering } from '@/app/answering'
import { json } from '@/lib/http/conditional'
import { readCaches } from '@/lib/queries/caches'

const MAX_AGE_SECONDS = 60

/** The configured caches, as on `/caches`. */
export const GET = answering('GET /api/v1/caches', async (request: Request) => {
  return json(request, await readCaches(), { maxAgeSeconds: MAX_AGE_SECONDS })
})

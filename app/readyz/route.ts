import { answering } from '@/app/answering'
import { problem } from '@/lib/http/problem'
import { readReadiness } from '@/lib/queries/readiness'

/** Readiness: the database answers and has this program's schema. */
export const GET = answering('GET /readyz', async () => {
  const { database, migrations } = await readReadiness()
  if (!database) return problem(503, 'The database does not answer; see DATABASE_URL', { database, migrations })
  if (!migrations) return problem(503, 'The database lacks migrations; restart the server', { database, migrations })
  return Response.json({ status: 'ready' }, { headers: { 'cache-control': 'no-store' } })
})

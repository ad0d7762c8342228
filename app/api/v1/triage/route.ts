import { answering } from '@/app/answering'
import { parseTriageQuery } from '@/lib/contract/triage'
import { json } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readTriage } from '@/lib/queries/triage'

/** Root causes that break something now, as on `/triage`. Asked again each time: people change it between syncs. */
export const GET = answering('GET /api/v1/triage', async (request: Request) => {
  const query = parseTriageQuery(new URL(request.url).searchParams)
  if (!query.ok) return problem(400, query.title, { parameter: query.parameter })
  return json(request, await readTriage(query.params), { maxAgeSeconds: 0 })
})

import { clientOf } from '@/app/client-of'
import 'server-only'
import { SyncRequestSchema } from '@/lib/contract/sync'
import { readJsonBody } from '@/lib/http/json-body'
import { problem } from '@/lib/http/problem'
import { type Admission, admit } from '@/lib/sync/authorise'
import { startInBackground } from '@/lib/sync/background'
import { type SyncInput, UnknownSourceError } from '@/lib/sync/start-sync'

export interface StartTools {
  readonly admitToken: (token: string) => Admission
  readonly start: (input: SyncInput) => Promise<{ started: boolean; id: string }>
  readonly now: Date
}

/** Starts a sync for whoever sends the admin token: 202 with its id, or a problem that tells what to do. */
export async function startByRequest(request: Request, given: Partial<StartTools> = {}): Promise<Response> {
  const { now = new Date(), start = startInBackground } = given
  const { admitToken = (token) => admit(token, clientOf(request.headers), { now }) } = given
  const token = /^Bearer +(\S.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (token === undefined) {
    const title = 'Send the admin token as "Authorization: Bearer TOKEN"'
    return problem(401, title, {}, { 'www-authenticate': 'Bearer realm="flakeboard"' })
  }
  const admission = admitToken(token)
  if (admission.kind !== 'admitted') return refusalOf(admission, now)

  const body = await readJsonBody(request)
  if (!body.ok) return problem(400, body.title)
  const parsed = SyncRequestSchema.safeParse(body.value ?? {})
  if (!parsed.success) return invalidField(parsed.error.issues)
  return answerStart(() => start({ trigger: 'api', who: null, ...parsed.data }))
}

async function answerStart(start: () => ReturnType<StartTools['start']>): Promise<Response> {
  try {
    const { started, id } = await start()
    if (!started) return problem(409, 'A sync runs already; follow that one', { id })
    return Response.json({ id }, { status: 202, headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof UnknownSourceError) return problem(400, error.message, { field: 'source' })
    throw error
  }
}

function refusalOf(admission: Exclude<Admission, { kind: 'admitted' }>, now: Date): Response {
  if (admission.kind === 'wrong-token') return problem(403, 'This is not the admin token')
  if (admission.kind === 'not-configured') {
    return problem(403, 'No admin token is configured; set FLAKEBOARD_ADMIN_TOKEN on the server')
  }
  const seconds = Math.ceil((admission.retryAt.getTime() - now.getTime()) / 1000)
  return problem(429, 'Too many wrong tokens; try again later', {}, { 'retry-after': String(seconds) })
}

type Issues = readonly { code: string; path: PropertyKey[]; keys?: string[]; message: string }[]

function invalidField(issues: Issues): Response {
  const [issue] = issues
  const field = issue?.keys?.[0] ?? String(issue?.path[0] ?? '')
  if (field === '') return problem(400, 'The body must be a JSON object such as {"full": true}')
  const reason = issue?.code === 'unrecognized_keys' ? 'is not known; known are source and full' : issue?.message
  return problem(400, `Field "${field.slice(0, 100)}": ${reason}`, { field })
}

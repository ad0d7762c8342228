import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { paths } from '@/lib/contract/paths'
import { NoPinSchema, type PinAnswer, PinSchema } from '@/lib/contract/pin'
import { ProblemSchema } from '@/lib/contract/problem'

const RefusalSchema = ProblemSchema.extend({ parameter: z.enum(['branch', 'package']) })

/** Key and fetcher together, so the server's prefetch and the browser's refetch cannot drift apart. */
export function pinQuery(branch: string, packages: readonly string[]) {
  const address = paths.pinJson(branch, packages)
  return queryOptions({
    queryKey: ['pin', address],
    queryFn: ({ signal }) => fetchPin(address, { signal }),
  })
}

/** Has the caches asked anew, and gives the pin after that. Throws an `Error` whose message may be shown. */
export function askPinNow(
  branch: string,
  packages: readonly string[],
  doFetch: typeof fetch = fetch,
): Promise<PinAnswer> {
  return fetchPin(paths.pinJson(branch, packages), { method: 'POST' }, doFetch)
}

/** That there is none is an answer too, with its reasons. */
async function fetchPin(address: string, init: RequestInit, doFetch: typeof fetch = fetch): Promise<PinAnswer> {
  const headers = { accept: 'application/json' }
  const response = await doFetch(address, { ...init, headers, cache: 'no-cache' }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new Error('The dashboard’s server cannot be reached.', { cause })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return { kind: 'pin', pin: PinSchema.parse(body) }
  const none = NoPinSchema.safeParse(body)
  if (none.success) return { kind: 'none', none: none.data }
  const refusal = RefusalSchema.safeParse(body)
  if (refusal.success && refusal.data.status === 404) {
    return { kind: 'refused', parameter: refusal.data.parameter, title: refusal.data.title }
  }
  const problem = ProblemSchema.safeParse(body)
  throw new Error(problem.success ? `${problem.data.title}.` : `The server answered with HTTP ${response.status}.`)
}

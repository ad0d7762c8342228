import type { z } from 'zod'
import { ProblemSchema } from '@/lib/contract/problem'

/** GET one of our own JSON addresses. Throws an `Error` whose message may be shown: what failed, in a sentence. */
export async function fetchJson<T>(address: string, schema: z.ZodType<T>, options: FetchJsonOptions = {}): Promise<T> {
  const { signal, fetch: doFetch = fetch } = options
  const response = await doFetch(address, {
    headers: { accept: 'application/json' },
    // Who asks again wants what is true now: the browser's own copy counts only if the server says that it still holds.
    cache: 'no-cache',
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new Error('The dashboard’s server cannot be reached.', { cause })
  })
  if (!response.ok) throw new Error(await reasonOf(response))
  const parsed = schema.safeParse(await response.json().catch(() => null))
  if (!parsed.success) {
    throw new Error('The server’s answer is not understood; reload the page.', { cause: parsed.error })
  }
  return parsed.data
}

export interface FetchJsonOptions {
  readonly signal?: AbortSignal | undefined
  readonly fetch?: typeof fetch
}

/** Why an answer is none, in a sentence that may be shown. */
export async function reasonOf(response: Response): Promise<string> {
  const problem = ProblemSchema.safeParse(await response.json().catch(() => null))
  return problem.success ? `${problem.data.title}.` : `The server answered with HTTP ${response.status}.`
}

import { paths } from '@/lib/contract/paths'
import { reasonOf } from './fetch-json'

/** Has the log of a derivation read from its source, as far as it is not stored. Throws an `Error` whose message may be shown. */
export async function readLogNow(derivation: string, doFetch: typeof fetch = fetch): Promise<void> {
  const response = await doFetch(paths.derivationLogJson(derivation), { method: 'POST' }).catch((cause: unknown) => {
    throw new Error('The dashboard’s server cannot be reached.', { cause })
  })
  if (!response.ok) throw new Error(await reasonOf(response))
}

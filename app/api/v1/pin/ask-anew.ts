import 'server-only'
import type { PinAnswer } from '@/lib/contract/pin'
import { problem } from '@/lib/http/problem'
import { refreshPin } from '@/lib/sync/refresh-pin'

type Answered = Exclude<PinAnswer, { kind: 'refused' }>

/** Does the answer stand on checks of the caches that are older than configured? */
export function isOutdated(answer: Answered): boolean {
  return (answer.kind === 'pin' ? answer.pin : answer.none).checks?.fresh === false
}

/** Asks the caches about a pin for a client, and stores what they say; a problem where that is not to be had now. */
export async function askAnew(answer: Answered, client: string): Promise<Response | null> {
  const { branch, packages } = answer.kind === 'pin' ? answer.pin : answer.none
  const refreshed = await refreshPin({ branch, packages }, client)
  if (refreshed.kind === 'limited') {
    const headers = { 'retry-after': refreshed.retryAt.toUTCString() }
    return problem(429, 'The caches were asked too often; try again later', {}, headers)
  }
  if (refreshed.kind === 'late') {
    return problem(503, 'The caches take long to answer; what they say is shown once it is there')
  }
  return null
}

import { describe, expect, it } from 'vitest'
import { ProblemSchema } from '@/lib/contract/problem'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import type { RefreshedLog } from '@/lib/sync/refresh-log'
import { refreshByRequest } from './refresh-by-request'

const now = new Date('2026-11-23T12:00:00Z')
const later = new Date('2026-11-23T12:01:30Z')
const answering = async (refreshed: RefreshedLog) =>
  checkAnswer(
    'POST /api/v1/derivations/{name}/log',
    await refreshByRequest('/nix/store/x.drv', '192.0.2.1', { refresh: async () => refreshed, now }),
  )

describe('POST /api/v1/derivations/{name}/log', () => {
  it('answers 204 once the log is stored', async () => {
    const answer = await answering({ kind: 'stored' })
    expect([answer.status, await answer.text()]).toEqual([204, ''])
  })

  it.each<[RefreshedLog, number, string | null]>([
    [{ kind: 'unknown-derivation' }, 404, null],
    [{ kind: 'no-logs' }, 404, null],
    [{ kind: 'asked-too-often', retryAt: later }, 429, '90'],
    [{ kind: 'unavailable', reason: 'timed out', retryAt: null }, 503, null],
    [{ kind: 'unavailable', reason: 'asked too often', retryAt: later }, 503, '90'],
  ])('answers to %j with %i and when to come again', async (refreshed, status, wait) => {
    const answer = await answering(refreshed)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, wait])
    expect(ProblemSchema.parse(await answer.json()).detail).toBe('reason' in refreshed ? refreshed.reason : undefined)
  })
})

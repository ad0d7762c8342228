import { expect, it } from 'vitest'
import { ConfigFileSchema, toConfig } from '@/lib/config/schema'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readReceivers } from './receivers'

const filters = { branches: ['*'], packages: ['*'] }
const config = toConfig(
  ConfigFileSchema.parse({
    sources: [{ id: 'ci', kind: 'hercules-ci', account: 'a', project: 'p' }],
    branches: [{ name: 'master' }],
    notifications: [
      {
        ...filters,
        id: 'hook',
        kind: 'webhook',
        url: 'https://hooks.example.org/T0/hunter2?k=hunter2',
        secretEnv: 'A',
      },
      {
        ...filters,
        id: 'mail',
        kind: 'email',
        smtp: { host: 'm.example.org' },
        from: 'a@x.org',
        to: ['hunter2@x.org'],
      },
      { ...filters, id: 'issues', kind: 'github-issues', owner: 'o', name: 'n', tokenEnv: 'B' },
    ],
  }),
)
const at = (minute: number) => BigInt(Date.parse('2026-11-23T12:00:00Z') + minute * 60_000)

describeOnBothDatabases('readReceivers', (fresh) => {
  it('tells where notices go without what keeps others out', async () => {
    const receivers = await readReceivers(await fresh(), config)
    expect(receivers.map(({ id, to, isEnabled }) => [id, to, isEnabled])).toEqual([
      ['hook', 'hooks.example.org', true],
      ['mail', 'one address', true],
      ['issues', 'o/n', false],
    ])
    expect(JSON.stringify(receivers)).not.toContain('hunter2')
  })

  it('tells what arrived, what waits and why, and the last ten attempts, newest first', async () => {
    const db = await fresh()
    const delivery = (key: string, given: { state: string; attempts?: number; reason?: string }) =>
      db.delivery.create({
        data: { key, receiver: 'hook', event: key, body: '{}', queuedMs: at(0), dueMs: at(9), ...given },
      })
    await delivery('a', { state: 'sent', attempts: 1 })
    await delivery('b', { state: 'given-up', attempts: 5, reason: 'answered HTTP 422' })
    await delivery('c', { state: 'waiting', attempts: 2, reason: 'answered HTTP 503' })
    await delivery('d', { state: 'waiting' })
    for (let minute = 0; minute < 12; minute += 1) {
      const outcome = minute === 3 ? 'sent' : 'failed'
      const data = { receiver: 'hook', title: `attempt ${minute}`, atMs: at(minute), durationMs: 7, outcome }
      await db.deliveryAttempt.create({ data: { ...data, reason: outcome === 'sent' ? null : 'answered HTTP 503' } })
    }
    const [hook] = await readReceivers(db, config)
    expect(hook).toMatchObject({
      waiting: 2,
      givenUp: 1,
      nextTryAt: '2026-11-23T12:09:00.000Z',
      failing: { attempts: 2, reason: 'answered HTTP 503' },
      lastSentAt: '2026-11-23T12:03:00.000Z',
    })
    expect(hook?.log.map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, index) => `attempt ${11 - index}`),
    )
  })
})

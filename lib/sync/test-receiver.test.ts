import { expect, it } from 'vitest'
import { serve } from '@/lib/net/loopback'
import { createRequest } from '@/lib/net/request'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { testReceiver } from './test-receiver'
import { notified, START } from './testing/notified'

async function hook(status: number) {
  const bodies: unknown[] = []
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    bodies.push(JSON.parse(body))
    response.writeHead(status).end()
  })
  const file = { id: 'hook', kind: 'webhook' as const, url: url.href, secretEnv: 'HOOK' }
  const world = notified([file], (now) => createRequest({ now }))
  return { bodies, tools: { receivers: world.receivers(), now: () => START } }
}

describeOnBothDatabases('A test of notifications', (fresh) => {
  it('is sent at once, says that it is one, and is in the log', async () => {
    const [db, { bodies, tools }] = [await fresh(), await hook(204)]
    expect(await testReceiver({ receiver: 'hook', who: 'Ada' }, { db, ...tools })).toEqual({ sent: true })
    expect(bodies).toMatchObject([{ type: 'test', data: { event: null } }])
    expect(await db.deliveryAttempt.findMany()).toMatchObject([
      { receiver: 'hook', delivery: null, title: 'test by Ada', outcome: 'sent', reason: null },
    ])
  })

  it('tells why it did not arrive', async () => {
    const [db, { tools }] = [await fresh(), await hook(403)]
    const reason = 'answered HTTP 403'
    expect(await testReceiver({ receiver: 'hook', who: 'Ada' }, { db, ...tools })).toEqual({ sent: false, reason })
    expect(await db.deliveryAttempt.findMany()).toMatchObject([{ outcome: 'failed', reason }])
  })

  it('goes to nobody who is not configured', async () => {
    const [db, { bodies, tools }] = [await fresh(), await hook(204)]
    expect(await testReceiver({ receiver: 'x', who: 'Ada' }, { db, ...tools })).toMatchObject({ sent: false })
    expect([bodies, await db.deliveryAttempt.count()]).toEqual([[], 0])
  })
})

import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoUpstreams, startDemoUpstreams } from './main'
import { DEMO_WEBHOOK_SECRET } from './webhook'

let demo: DemoUpstreams
beforeAll(async () => {
  demo = await startDemoUpstreams({ now: new Date() })
})
afterAll(() => demo.close())

async function post(secret: string, id: string, body: unknown): Promise<number> {
  const [text, at] = [JSON.stringify(body), new Date()]
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, text),
  }
  return (await fetch(`${demo.addresses.webhook}/hook`, { method: 'POST', headers, body: text })).status
}

describe('The receiver of the demo', () => {
  it('takes what is signed by its secret, once per id, and shows it newest first', async () => {
    expect(await post(DEMO_WEBHOOK_SECRET, 'a', { n: 1 })).toBe(204)
    expect(await post(DEMO_WEBHOOK_SECRET, 'a', { n: 1 })).toBe(204)
    expect(await post(DEMO_WEBHOOK_SECRET, 'b', { n: 2 })).toBe(204)
    expect(await post(Buffer.alloc(32, 1).toString('base64'), 'c', { n: 3 })).toBe(401)
    const shown = await fetch(`${demo.addresses.webhook}/hook`)
    expect(await shown.json()).toEqual([{ n: 2 }, { n: 1 }])
  })
})

import type { IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '@/lib/domain/health-event'
import { errorOf, serve } from '@/lib/net/loopback'
import { sampleEvent } from './testing/sample-event'
import { HOSTILE, sampleNotice } from './testing/sample-notice'
import { webhookReceiver } from './webhook'
import { toWebhookBody, WebhookBodySchema } from './webhook-body'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

async function hook() {
  const posts: { headers: IncomingHttpHeaders; body: string }[] = []
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    posts.push({ headers: request.headers, body })
    response.writeHead(204).end()
  })
  return { posts, url: url.href }
}

describe('A webhook', () => {
  it('is signed so that the verifier of the specification takes it, and only unchanged', async () => {
    const { posts, url } = await hook()
    await webhookReceiver({ id: 'hook', url, secret }).send(sampleNotice())
    const [{ headers, body } = { headers: {}, body: '' }] = posts
    const verifier = new Webhook(secret)
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(verifier.verify(body, given)).toMatchObject({ type: 'health.broke' })
    expect(() => verifier.verify(body.replace('pytorch', 'pytorsh'), given)).toThrow('No matching signature')
    expect(() => new Webhook(Buffer.alloc(32, 8).toString('base64')).verify(body, given)).toThrow(
      'No matching signature',
    )
  })

  it('has the same id and body at every attempt', async () => {
    const { posts, url } = await hook()
    const receiver = webhookReceiver({ id: 'hook', url, secret })
    await receiver.send(sampleNotice())
    await receiver.send(sampleNotice(sampleEvent(), { isRepeat: true }))
    expect(posts[0]?.headers['webhook-id']).toBe('msg_event-1')
    expect(posts.map(({ headers, body }) => [headers['webhook-id'], body])).toEqual([
      [posts[0]?.headers['webhook-id'], posts[0]?.body],
      [posts[0]?.headers['webhook-id'], posts[0]?.body],
    ])
  })

  it.each([...EVENT_KINDS, 'test'])('posts what its schema says of %s', async (kind) => {
    const known = EVENT_KINDS.find((one) => one === kind)
    const event = sampleEvent({ packages: [HOSTILE], ...(known !== undefined && { kind: known }) })
    const notice = sampleNotice(event, known === undefined ? { event: null } : {})
    const { posts, url } = await hook()
    await webhookReceiver({ id: 'hook', url, secret }).send(notice)
    expect(WebhookBodySchema.parse(JSON.parse(posts[0]?.body ?? ''))).toEqual(toWebhookBody(notice))
    expect(toWebhookBody(notice).type).toBe(known === undefined ? 'test' : `health.${known}`)
  })

  it('tells nothing secret when it fails', async () => {
    const url = await serve((_request, response) => void response.writeHead(500).end(secret))
    const error = await errorOf(
      webhookReceiver({ id: 'hook', url: `${url.href}?token=hunter2`, secret }).send(sampleNotice()),
    )
    expect(error).toMatchObject({ kind: 'unavailable', message: 'answered HTTP 500' })
    expect(`${error.stack} ${error.address}`).not.toMatch(/hunter2|whsec/)
  })
})

import { describe, expect, it } from 'vitest'
import { errorOf, NOW, serve } from '@/lib/net/loopback'
import { createRequest } from '@/lib/net/request'
import { matrixReceiver } from './matrix'
import { sampleEvent } from './testing/sample-event'
import { HOSTILE, sampleNotice } from './testing/sample-notice'

const TOKEN = 'hunter2-token'

interface Homeserver {
  readonly url: string
  readonly messages: Map<string, { readonly body: string; readonly formatted_body: string; readonly msgtype: string }>
  readonly asked: string[]
  /** Answers in place of the homeserver, once each. */
  readonly refusals: { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }[]
}

async function homeserver(): Promise<Homeserver> {
  const server: Homeserver = { url: '', messages: new Map(), asked: [], refusals: [] }
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = decodeURIComponent(request.url ?? '')
    server.asked.push(`${request.method} ${path}`)
    const refusal = server.refusals.shift()
    if (refusal !== undefined) {
      response.writeHead(refusal.status, refusal.headers).end(JSON.stringify(refusal.body))
    } else if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end('{"errcode":"M_UNKNOWN_TOKEN"}')
    } else if (path.includes('/directory/room/')) {
      response.end('{"room_id":"!room:example.org"}')
    } else {
      // As the specification has it: one transaction id, one message.
      server.messages.set(path, JSON.parse(body))
      response.end('{"event_id":"$1"}')
    }
  })
  return Object.assign(server, { url: url.origin })
}

const settings = ({ url }: Homeserver) => ({
  id: 'room',
  homeserver: url,
  room: '!room:example.org',
  token: TOKEN,
  request: createRequest({ now: () => NOW }),
  now: () => NOW,
})

describe('A Matrix room', () => {
  it('is told in plain text and in HTML that says just the text', async () => {
    const server = await homeserver()
    await matrixReceiver(settings(server)).send(sampleNotice(sampleEvent({ packages: [HOSTILE] })))
    const [message] = server.messages.values()
    expect(message).toMatchObject({ msgtype: 'm.notice', format: 'org.matrix.custom.html' })
    expect(message?.body).toContain('https://flakes.example.org/evaluations/evaluation-1')
    expect(message?.formatted_body).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(message?.formatted_body).not.toContain('<img')
  })

  it('is told once by two attempts: the transaction is the same', async () => {
    const server = await homeserver()
    const receiver = matrixReceiver(settings(server))
    await receiver.send(sampleNotice())
    await receiver.send(sampleNotice(sampleEvent(), { isRepeat: true }))
    expect(server.asked).toHaveLength(2)
    expect([...server.messages.keys()]).toEqual([
      '/_matrix/client/v3/rooms/!room:example.org/send/m.room.message/msg_event-1',
    ])
  })

  it('is found by its alias, asked for once', async () => {
    const server = await homeserver()
    const receiver = matrixReceiver({ ...settings(server), room: '#cuda:example.org' })
    await receiver.send(sampleNotice())
    await receiver.send(sampleNotice(sampleEvent({ key: 'event-2' })))
    expect(server.asked).toEqual([
      'GET /_matrix/client/v3/directory/room/#cuda:example.org',
      'PUT /_matrix/client/v3/rooms/!room:example.org/send/m.room.message/msg_event-1',
      'PUT /_matrix/client/v3/rooms/!room:example.org/send/m.room.message/msg_event-2',
    ])
  })

  it('whose alias could not be asked for is asked for again', async () => {
    const server = await homeserver()
    server.refusals.push({ status: 502, body: {} })
    const receiver = matrixReceiver({ ...settings(server), room: '#cuda:example.org' })
    expect(await errorOf(receiver.send(sampleNotice()))).toMatchObject({ kind: 'unavailable' })
    await receiver.send(sampleNotice())
    expect(server.messages.size).toBe(1)
  })

  it.each([
    ['in the header', { headers: { 'retry-after': '7' }, body: {} }],
    ['in the body alone', { body: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 7_000 } }],
  ])('that is full says when to come back, %s', async (_, refusal) => {
    const server = await homeserver()
    server.refusals.push({ status: 429, ...refusal })
    expect(await errorOf(matrixReceiver(settings(server)).send(sampleNotice()))).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date(NOW.getTime() + 7_000),
    })
  })

  it('that refuses the token is told of without it', async () => {
    const server = await homeserver()
    const error = await errorOf(matrixReceiver({ ...settings(server), token: 'hunter3' }).send(sampleNotice()))
    expect(error).toMatchObject({ kind: 'unauthorized', message: 'answered HTTP 401' })
    expect(`${error.stack} ${error.address}`).not.toContain('hunter')
  })
})

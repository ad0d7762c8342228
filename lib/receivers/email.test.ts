import { describe, expect, it } from 'vitest'
import { closeServers, errorOf, serve } from '@/lib/net/loopback'
import { emailReceiver } from './email'
import { mailServer } from './testing/mail-server'
import { sampleEvent } from './testing/sample-event'
import { HOSTILE, sampleNotice } from './testing/sample-notice'

const plain = (port: number) => ({
  id: 'mail',
  host: '127.0.0.1',
  port,
  secure: 'none' as const,
  login: null,
  from: 'flakeboard@example.org',
  to: ['ada@example.org', 'grace@example.org'],
})

describe('A mail', () => {
  it('has text, HTML, a subject, and an id that stays the same', async () => {
    const server = await mailServer()
    const receiver = emailReceiver(plain(server.port))
    await receiver.send(sampleNotice())
    await receiver.send(sampleNotice(sampleEvent(), { isRepeat: true }))
    const [first, second] = server.mails
    expect(first).toMatchObject({
      subject: 'pytorch and jax broke on nixos-unstable: magma-2.6.2 failed',
      messageId: '<msg_event-1@example.org>',
      references: '<cause.magma-key@example.org>',
    })
    expect(second?.messageId).toBe(first?.messageId)
    expect(first?.text).toContain('- Root cause: magma-2.6.2 failed to build.')
    expect(first?.html).toContain('<a href="https://flakes.example.org/evaluations/evaluation-1">')
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated')
  })

  it('gets no header, no recipient and no markup from the names in it', async () => {
    const server = await mailServer()
    const title = `broke ${HOSTILE}`
    await emailReceiver(plain(server.port)).send(sampleNotice(sampleEvent({ packages: [HOSTILE] }), { title }))
    const [mail] = server.mails
    expect(mail?.headers.has('bcc')).toBe(false)
    expect([mail?.to].flat().flatMap((to) => to?.value.map(({ address }) => address))).toEqual([
      'ada@example.org',
      'grace@example.org',
    ])
    expect(mail?.html).not.toContain('<img')
    expect(server.sources[0]?.split('\r\n\r\n')[0]).not.toMatch(/^bcc/im)
  })

  it.each([
    ['refused for now', 451, 'unavailable'],
    ['refused for good', 550, 'invalid-response'],
  ])('that is %s is told by the number alone', async (_, responseCode, kind) => {
    const server = await mailServer({
      onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error('hunter2'), { responseCode })),
    })
    const error = await errorOf(emailReceiver(plain(server.port)).send(sampleNotice()))
    expect(error).toMatchObject({ kind, message: `answered SMTP ${responseCode}` })
    expect(String(error.stack)).not.toContain('hunter2')
  })

  it('with a login is sent once the server takes it; a wrong one is told without it', async () => {
    const server = await mailServer({
      hideSTARTTLS: true,
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, callback) =>
        password === 'hunter2' ? callback(null, { user: username }) : callback(new Error(`wrong: ${password}`)),
    })
    const settings = plain(server.port)
    await emailReceiver({ ...settings, login: { user: 'ada', password: 'hunter2' } }).send(sampleNotice())
    expect(server.mails).toHaveLength(1)
    const wrong = emailReceiver({ ...settings, login: { user: 'ada', password: 'hunter3' } }).send(sampleNotice())
    const error = await errorOf(wrong)
    expect(error).toMatchObject({ kind: 'unauthorized', address: `smtp://127.0.0.1:${server.port}` })
    expect(String(error.stack)).not.toMatch(/hunter3|aHVudGVyMw/)
  })

  it('is not sent over a connection that nobody vouches for, nor over a plain one in its place', async () => {
    const untrusted = await mailServer()
    const plainOnly = await mailServer({ hideSTARTTLS: true })
    for (const { port } of [untrusted, plainOnly]) {
      const sent = emailReceiver({ ...plain(port), secure: 'starttls' }).send(sampleNotice())
      expect(await errorOf(sent)).toMatchObject({ kind: 'unavailable' })
    }
    expect([...untrusted.sources, ...plainOnly.sources]).toEqual([])
  })

  it('to a server that is away is told as such', async () => {
    const { port } = await serve(() => {})
    await closeServers()
    expect(await errorOf(emailReceiver(plain(Number(port))).send(sampleNotice()))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/^no connection/),
    })
  })
})

import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { GIVE_UP_AFTER_MS } from '@/lib/domain/delivery'
import { serve } from '@/lib/net/loopback'
import { createRequest } from '@/lib/net/request'
import { sampleEvent } from '@/lib/receivers/testing/sample-event'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { notified as notifiedBy, SECRET, START } from './testing/notified'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

type Answer = (response: ServerResponse, request: IncomingMessage) => void
const takes: Answer = (response) => void response.writeHead(204).end()
const says =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end()
const breaks: Answer = (_response, request) => void request.socket.destroy()

/** A webhook that gives these answers, one each, and takes everything after them. */
async function hook(...answers: Answer[]) {
  const posts: { id: string; event: string }[] = []
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    posts.push({ id: String(request.headers['webhook-id']), event: JSON.parse(body).data?.event.key ?? '' })
    const answer = answers.shift() ?? takes
    answer(response, request)
  })
  return { posts, file: { id: 'hook', kind: 'webhook' as const, url: url.href, secretEnv: 'HOOK' } }
}

type Files = Parameters<typeof notifiedBy>[0]
const notified = (files: Files) => notifiedBy(files, (now) => createRequest({ now }))

const event = (key: string) => sampleEvent({ key, atMs: START.getTime() })

function statesOf(db: Db) {
  return db.delivery.findMany({ orderBy: { id: 'asc' }, select: { event: true, state: true, attempts: true } })
}

describeOnBothDatabases('Notices', (fresh) => {
  it('arrive once each, in the order in which they were stored', async () => {
    const [db, { posts, file }] = [await fresh(), await hook()]
    const world = notified([file])
    await world.enqueue(db, event('c'), event('a'))
    await world.enqueue(db, event('b'), event('a'))
    await world.deliver(db)
    await world.deliver(db)
    expect(posts.map((post) => post.event)).toEqual(['c', 'a', 'b'])
    expect(new Set(posts.map(({ id }) => id)).size).toBe(3)
    expect(await statesOf(db)).toEqual(['c', 'a', 'b'].map((key) => ({ event: key, state: 'sent', attempts: 1 })))
    expect(await db.deliveryAttempt.findMany()).toMatchObject(Array(3).fill({ outcome: 'sent', reason: null }))
  })

  it('are repeated under the same id until they arrive, later ones waiting behind', async () => {
    const answers = [says(500), breaks, says(503), says(429, { 'retry-after': '3600' })]
    const [db, { posts, file }] = [await fresh(), await hook(...answers)]
    const world = notified([file])
    await world.enqueue(db, event('a'), event('b'))
    for (const waitMs of [0, 30_000, 60_000, 120_000, 59 * MINUTE_MS]) {
      world.pass(waitMs - 1)
      await world.deliver(db)
      world.pass(1)
      await world.deliver(db)
    }
    expect(posts.map((post) => post.event)).toEqual(['a', 'a', 'a', 'a'])
    world.pass(MINUTE_MS)
    await world.deliver(db)
    expect(posts.map((post) => post.event)).toEqual(['a', 'a', 'a', 'a', 'a', 'b'])
    expect(new Set(posts.slice(0, 5).map(({ id }) => id)).size).toBe(1)
    const attempts = await db.deliveryAttempt.findMany({ orderBy: { id: 'asc' } })
    expect(attempts.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['failed', 'answered HTTP 500'],
      ['failed', expect.stringContaining('no connection')],
      ['failed', 'answered HTTP 503'],
      ['failed', 'asked too often (HTTP 429)'],
      ['sent', null],
      ['sent', null],
    ])
  })

  it('that are refused for good are given up after five attempts, with the reason, and hold nothing back', async () => {
    const [db, { posts, file }] = [await fresh(), await hook(...Array<Answer>(5).fill(says(422)))]
    const world = notified([file])
    await world.enqueue(db, event('a'), event('b'))
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await world.deliver(db)
      world.pass(HOUR_MS)
    }
    expect(await db.delivery.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { event: 'a', state: 'given-up', attempts: 5, reason: 'answered HTTP 422' },
      { event: 'b', state: 'sent' },
    ])
    expect(posts).toHaveLength(6)
  })

  it('that a redirect would deliver nowhere are not taken for sent', async () => {
    const [db, { file }] = [await fresh(), await hook(says(302, { location: '/login' }))]
    const world = notified([file])
    await world.enqueue(db, event('a'))
    await world.deliver(db)
    expect(await db.delivery.findFirst()).toMatchObject({ state: 'waiting', reason: 'redirects to another address' })
  })

  it('that nobody takes for days are given up; a token that is refused may be mended until then', async () => {
    const [db, { file, posts }] = [await fresh(), await hook(...Array<Answer>(500).fill(says(401)))]
    const world = notified([file])
    await world.enqueue(db, event('a'))
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await world.deliver(db)
      world.pass(2 * HOUR_MS)
    }
    expect(await statesOf(db)).toMatchObject([{ state: 'waiting', attempts: 20 }])
    world.pass(GIVE_UP_AFTER_MS)
    await world.deliver(db)
    expect(await statesOf(db)).toMatchObject([{ state: 'given-up', attempts: 21 }])
    expect(posts).toHaveLength(21)
  })

  it('to one receiver wait for no other', async () => {
    const db = await fresh()
    const [broken, well] = [await hook(says(500)), await hook()]
    const world = notified([broken.file, { ...well.file, id: 'other' }])
    await world.enqueue(db, event('a'), event('b'))
    await world.deliver(db)
    expect([broken.posts.length, well.posts.length]).toEqual([1, 2])
  })

  it('are sent once each by many that send at once', async () => {
    const [db, { posts, file }] = [await fresh(), await hook()]
    const world = notified([file])
    const keys = Array.from({ length: 8 }, (_, index) => `e${index}`)
    await world.enqueue(db, ...keys.map(event))
    await Promise.all([1, 2, 3, 4].map(() => world.deliver(db)))
    expect(posts.map((post) => post.event)).toEqual(keys)
  })

  it('are sent again by who takes over from a dead process, after a minute', async () => {
    const [db, { posts, file }] = [await fresh(), await hook()]
    const world = notified([file])
    await world.enqueue(db, event('a'))
    await db.lease.create({ data: { name: 'receiver hook', runId: 'dead', heartbeatMs: BigInt(START.getTime()) } })
    world.pass(MINUTE_MS)
    await world.deliver(db)
    expect(posts).toEqual([])
    world.pass(1)
    await world.deliver(db)
    expect(posts).toHaveLength(1)
  })

  it('are stored with the events or not at all', async () => {
    const [db, { file }] = [await fresh(), await hook()]
    const world = notified([file])
    await expect(
      db.$transaction(async (tx) => {
        await world.enqueue({ ...db, $transaction: (run: (of: typeof tx) => unknown) => run(tx) } as Db, event('a'))
        throw new Error('the process died')
      }),
    ).rejects.toThrow('the process died')
    expect(await statesOf(db)).toEqual([])
  })

  it('tell a receiver of what happens from a day before it was first seen on', async () => {
    const [db, { file }] = [await fresh(), await hook()]
    const world = notified([file])
    const past = (hours: number) => sampleEvent({ key: `${hours} h`, atMs: START.getTime() - hours * HOUR_MS })
    await world.enqueue(db, past(24), past(25), past(2_000))
    world.pass(48 * HOUR_MS)
    await world.enqueue(db, past(23))
    expect((await statesOf(db)).map((one) => one.event)).toEqual(['24 h', '23 h'])
  })

  it('tell a receiver what it wants to know, and nothing to one that is off', async () => {
    const [db, { file }] = [await fresh(), await hook()]
    const world = notified([
      { ...file, branches: ['nixos-*'], packages: ['jax*'], kinds: ['broke'] },
      { ...file, id: 'off', enabled: false },
    ])
    const other = sampleEvent({ key: 'master', branch: 'master', atMs: START.getTime() })
    await world.enqueue(db, event('a'), other, { ...event('c'), kind: 'fixed' })
    const [delivery, ...more] = await db.delivery.findMany()
    expect(more).toEqual([])
    expect(JSON.parse(delivery?.body ?? '')).toMatchObject({ key: 'a', packages: ['jax'] })
  })

  it('are forgotten after a month, with the log of them', async () => {
    const [db, { file }] = [await fresh(), await hook()]
    const world = notified([file])
    await world.enqueue(db, event('a'))
    await world.deliver(db)
    world.pass(31 * 24 * HOUR_MS)
    await world.enqueue(db, sampleEvent({ key: 'b', atMs: world.clock.now.getTime() }))
    expect((await statesOf(db)).map((one) => one.event)).toEqual(['b'])
    expect(await db.deliveryAttempt.count()).toBe(0)
  })

  it('of a later version, of a kind that is unknown here, are given up and hold nothing back', async () => {
    const [db, { file, posts }] = [await fresh(), await hook()]
    const world = notified([file])
    await world.enqueue(db, event('a'), event('b'))
    const first = await db.delivery.findFirstOrThrow({ orderBy: { id: 'asc' } })
    await db.delivery.update({
      where: { id: first.id },
      data: { body: first.body.replace('"kind":"broke"', '"kind":"melted"') },
    })
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await world.deliver(db)
      world.pass(HOUR_MS)
    }
    expect(posts.map((post) => post.event)).toEqual(['b'])
  })

  it('leave no secret in rows, nor in the log of the program', async () => {
    const [db, { file }] = [await fresh(), await hook(...Array<Answer>(9).fill(says(401)))]
    const matrix = {
      ...{ id: 'room', kind: 'matrix' as const, homeserver: new URL(file.url).origin, room: '!r:x', tokenEnv: 'M' },
    }
    const world = notified([{ ...file, url: `${file.url}?token=hunter2` }, matrix])
    await world.enqueue(db, event('a'))
    await world.deliver(db)
    const rows = [await db.delivery.findMany(), await db.deliveryAttempt.findMany(), await db.receiver.findMany()]
    const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value))
    expect(text).toContain('answered HTTP 401')
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain(SECRET.slice(6))
  })
})

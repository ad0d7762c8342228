import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { openDb } from '@/lib/db/client'
import { LEASE_DEAD_AFTER_MS } from '@/lib/domain/sync-lease'
import { serve } from '@/lib/net/loopback'
import { createRequest } from '@/lib/net/request'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { notified, SECRET, START } from './testing/notified'

const KEYS = ['a', 'b', 'c']

/** A webhook that can be made to swallow what it is sent, without a word. */
async function hook() {
  const state = { isMute: false, posts: [] as { id: string; event: string }[], onPost: () => {} }
  const url = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    state.posts.push({ id: String(request.headers['webhook-id']), event: JSON.parse(body).data.event.key })
    state.onPost()
    if (!state.isMute) response.writeHead(204).end()
  })
  const file = { id: 'hook', kind: 'webhook' as const, url: url.href, secretEnv: 'HOOK_SECRET' }
  return { state, world: notified([file], (now) => createRequest({ now })), file }
}

function startChild(url: string, file: unknown, what: 'send' | 'silent'): ChildProcess {
  const source = { id: 'ci', kind: 'hercules-ci', account: 'a', project: 'p' }
  const configuration = { sources: [source], branches: [{ name: 'nixos-unstable' }], notifications: [file] }
  const args = ['--conditions=react-server', '--import', 'tsx', 'lib/sync/testing/deliver-child.ts', url]
  const child = [...args, JSON.stringify(configuration), START.toISOString(), KEYS.join(','), what]
  const env = { ...process.env, HOOK_SECRET: SECRET }
  return spawn(process.execPath, child, { stdio: ['ignore', 'pipe', 'inherit'], env })
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

describeOnBothDatabases('A process that is killed', (_, freshUrl) => {
  it('between storing events and sending them loses no notice', async () => {
    const [url, { state, world, file }] = [await freshUrl(), await hook()]
    const child = startChild(url, file, 'silent')
    if (child.stdout !== null) await once(child.stdout, 'data')
    await kill(child)
    const db = openDb(url)
    expect(await db.event.count()).toBe(3)
    await world.deliver(db)
    expect(state.posts.map(({ event }) => event)).toEqual(KEYS)
    await db.$disconnect()
  })

  it('while it sends loses no notice, and what may have arrived comes again under its id', async () => {
    const [url, { state, world, file }] = [await freshUrl(), await hook()]
    state.isMute = true
    const posted = new Promise<void>((resolve) => (state.onPost = resolve))
    const child = startChild(url, file, 'send')
    await posted
    await kill(child)
    state.isMute = false
    const db = openDb(url)
    expect(await db.delivery.findFirst({ orderBy: { id: 'asc' } })).toMatchObject({ state: 'waiting', attempts: 1 })
    world.pass(LEASE_DEAD_AFTER_MS + 1)
    await world.deliver(db)
    const [first, second] = state.posts
    expect(state.posts.map(({ event }) => event)).toEqual(['a', ...KEYS])
    expect(second).toEqual(first)
    expect(await db.delivery.count({ where: { state: 'sent' } })).toBe(3)
    await db.$disconnect()
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type DemoUpstreams, startDemoUpstreams } from './main'

const NOW = new Date('2026-11-23T00:39:00Z')
const JOBS = '/api/v1/site/github/account/SomeoneSerge/project/nixpkgs-unfree/jobs?limit=3'

let demo: DemoUpstreams
beforeEach(async () => {
  demo = await startDemoUpstreams({ now: NOW })
})
afterEach(() => demo.close())

const ask = (init?: RequestInit) => fetch(`${demo.addresses.herculesCi}${JOBS}`, init)
const control = (place: string, body: unknown) =>
  fetch(`${demo.addresses.herculesCi}/${place}`, { method: 'POST', body: JSON.stringify(body) })

describe('a fault', () => {
  it('is a status with Retry-After as many times as told, then passes', async () => {
    await control('__faults', { faults: [{ kind: 'status', status: 429, retryAfter: '1', path: '/jobs', times: 2 }] })
    const answers = [await ask(), await ask(), await ask()]
    expect(answers.map((answer) => answer.status)).toEqual([429, 429, 200])
    expect(answers[0]?.headers.get('retry-after')).toBe('1')
  })

  it('is a page for people with status 200', async () => {
    demo.servers.herculesCi.faults.add({ kind: 'html' })
    expect(await (await ask()).text()).toContain('<!DOCTYPE html>')
  })

  it('is half a body', async () => {
    demo.servers.herculesCi.faults.add({ kind: 'truncate' })
    await expect((await ask()).json()).rejects.toThrow()
  })

  it('is a body that never ends', async () => {
    demo.servers.herculesCi.faults.add({ kind: 'stall' })
    const answer = await ask({ signal: AbortSignal.timeout(300) })
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow()
  })

  it('is a connection that is cut', async () => {
    demo.servers.herculesCi.faults.add({ kind: 'reset' })
    await expect(ask()).rejects.toThrow()
  })

  it('is one bad item among good ones', async () => {
    demo.servers.herculesCi.faults.add({ kind: 'corrupt', at: ['items', 1, 'id'], value: 42 })
    const page = z.object({ items: z.array(z.object({ id: z.unknown() })) }).parse(await (await ask()).json())
    expect(page.items.map((item) => typeof item.id)).toEqual(['string', 'number', 'string'])
  })

  it('is cleared, and leaves other servers and other addresses alone', async () => {
    await control('__faults', { faults: [{ kind: 'status', status: 503, path: '/evaluation' }] })
    expect((await ask()).status).toBe(200)
    demo.servers.herculesCi.faults.add({ kind: 'status', status: 500 })
    expect((await fetch(`${demo.addresses.cachix}/nix-cache-info`)).status).toBe(200)
    await control('__faults', { clear: true })
    expect((await ask()).status).toBe(200)
  })

  it('that does not exist is refused', async () => {
    expect((await control('__faults', { faults: [{ kind: 'gremlin' }] })).status).toBe(400)
  })
})

describe('the control addresses', () => {
  it('change the world and list what was asked', async () => {
    await ask()
    expect((await control('__world', { action: 'push', branch: 'master' })).status).toBe(200)
    expect((await control('__world', { action: 'retry', derivation: 'none' })).status).toBe(404)
    expect((await control('__world', { action: 'other' })).status).toBe(400)
    const page = z.object({ items: z.array(z.object({ index: z.number() })) }).parse(await (await ask()).json())
    expect(page.items[0]?.index).toBe(demo.world.jobs.at(-1)?.index)
    expect(await (await fetch(`${demo.addresses.herculesCi}/__requests`)).json()).toEqual([
      `GET ${JOBS}`,
      `GET ${JOBS}`,
    ])
  })

  it('give a configuration that says it is a demo and points at these servers alone', () => {
    const text = JSON.stringify(demo.demoConfig())
    expect(demo.demoConfig().demo).toBe(true)
    for (const address of Object.values(demo.addresses)) expect(text).toContain(address)
    expect(text).not.toContain('https://')
  })
})

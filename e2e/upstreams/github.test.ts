import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startGithub } from './github'
import type { Upstream } from './serve'
import { makeWorld, type World } from './world'

const NOW = new Date('2026-11-23T00:39:00Z')
const RAW = { accept: 'application/vnd.github.raw+json' }
const NodeSchema = z.object({
  locked: z.object({ rev: z.string(), lastModified: z.number() }),
  original: z.object({ ref: z.string() }),
})
const LockSchema = z.object({ nodes: z.object({ nixpkgs: NodeSchema }), root: z.string(), version: z.literal(7) })
const CommitSchema = z.object({ sha: z.string(), commit: z.object({ committer: z.object({ date: z.string() }) }) })

function lockAddress(server: Upstream, world: World, index: number): string {
  return `${server.url}/repos/SomeoneSerge/nixpkgs-unfree/contents/flake.lock?ref=${world.jobs[index]?.push.ciRevision}`
}

describe('the GitHub of the demo', () => {
  const world = makeWorld({ now: NOW })
  let server: Upstream

  beforeAll(async () => {
    server = await startGithub(world)
  })
  afterAll(() => server.close())

  it('has the lock file of every push, with the real revision and the moved date', async () => {
    const job = world.jobs[100]
    const lock = LockSchema.parse(await (await fetch(lockAddress(server, world, 100), { headers: RAW })).json())
    const pin = job?.push.update.pins[job.push.branch]
    expect(lock.nodes.nixpkgs.locked).toMatchObject({
      rev: pin?.revision,
      lastModified: ((pin?.at ?? 0) + world.shiftMs) / 1000,
    })
    expect(`refs/heads/${lock.nodes.nixpkgs.original.ref}`).toBe(job?.push.ref)
  })

  it('serves the same text as base64 and as a raw file', async () => {
    const text = await (await fetch(lockAddress(server, world, 100), { headers: RAW })).text()
    const described = z
      .object({ content: z.string() })
      .parse(await (await fetch(lockAddress(server, world, 100))).json())
    const raw = await fetch(`${server.url}/SomeoneSerge/nixpkgs-unfree/${world.jobs[100]?.push.ciRevision}/flake.lock`)
    expect(Buffer.from(described.content, 'base64').toString('utf8')).toBe(text)
    expect(await raw.text()).toBe(text)
  })

  it('pins every branch in one file where the world has that layout', async () => {
    const other = makeWorld({ now: NOW, lockLayout: 'many-inputs' })
    const many = await startGithub(other)
    const answer: unknown = await (await fetch(lockAddress(many, other, 100), { headers: RAW })).json()
    await many.close()
    const { nodes } = z.object({ nodes: z.record(z.string(), z.unknown()) }).parse(answer)
    expect(Object.keys(nodes).sort()).toEqual([
      'nixpkgs-master',
      'nixpkgs-nixos-unstable',
      'nixpkgs-nixpkgs-unstable',
      'nixpkgs-release',
      'root',
    ])
  })

  it('knows the head of each upstream branch and answers 304 to who has it', async () => {
    const address = `${server.url}/repos/NixOS/nixpkgs/commits/nixos-23.11`
    const first = await fetch(address)
    const head = CommitSchema.parse(await first.json())
    const real = world.jobs.at(-1)?.push.update.pins.release
    expect(head).toMatchObject({ sha: real?.revision })
    expect(Date.parse(head.commit.committer.date)).toBe((real?.at ?? 0) + world.shiftMs)
    const again = await fetch(address, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await fetch(`${server.url}/repos/NixOS/nixpkgs/commits/nixos-99.99`)).status).toBe(422)
    expect((await fetch(`${server.url}/repos/NixOS/other/commits/master`)).status).toBe(404)
  })

  it('limits anonymous callers only when a test says so', async () => {
    const address = `${server.url}/repos/NixOS/nixpkgs/commits/master`
    expect((await fetch(address)).headers.get('x-ratelimit-remaining')).toBe('4999')
    server.faults.add({ kind: 'rate-limit', remaining: 1 })
    expect((await fetch(address)).status).toBe(200)
    const refused = await fetch(address)
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    expect((await fetch(address, { headers: { authorization: 'Bearer any' } })).status).toBe(200)
    server.faults.clear()
    expect((await fetch(address)).status).toBe(200)
  })
})

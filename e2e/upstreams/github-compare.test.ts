import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startGithub } from './github'
import { INCIDENTS } from './incidents'
import { windowUpdates } from './locks'
import type { Upstream } from './serve'
import { makeWorld } from './world'

const CompareSchema = z.object({
  status: z.string(),
  total_commits: z.number(),
  commits: z.array(
    z.object({ sha: z.string(), commit: z.object({ message: z.string(), committer: z.object({ date: z.string() }) }) }),
  ),
  files: z.array(z.object({ filename: z.string() })).optional(),
})
const ATTRIBUTE: Readonly<Record<string, string>> = {
  magma: 'magma',
  tensorflowWithCuda: 'python3Packages.tensorflow',
  jaxlib: 'python3Packages.jaxlib',
  opencv4: 'opencv4',
  ucx: 'ucx',
  torch: 'python3Packages.torch',
  blender: 'blender',
}

describe('the commits of the demo', () => {
  const world = makeWorld({ now: new Date('2026-11-23T00:39:00Z') })
  const pins = windowUpdates().map(({ pins: { master } }) => master)
  let server: Upstream

  beforeAll(async () => {
    server = await startGithub(world)
  })
  afterAll(() => server.close())

  async function compare(base: string, head: string, page = 1) {
    const address = `${server.url}/repos/NixOS/nixpkgs/compare/${base}...${head}?per_page=100&page=${page}`
    return CompareSchema.parse(await (await fetch(address)).json())
  }

  async function subjects(base: string, head: string): Promise<string[]> {
    const found: string[] = []
    for (let page = 1; ; page += 1) {
      const { commits, total_commits } = await compare(base, head, page)
      found.push(...commits.map(({ commit }) => commit.message.split('\n')[0] ?? ''))
      if (commits.length === 0) {
        expect(found).toHaveLength(total_commits)
        return found
      }
    }
  }

  it('are a few hundred between two days of master, oldest first, up to the real revision', async () => {
    const [base, head] = [pins.at(-4)?.revision ?? '', pins.at(-3)?.revision ?? '']
    const first = await compare(base, head)
    expect(first).toMatchObject({ status: 'ahead' })
    expect(first.total_commits).toBeGreaterThan(80)
    expect(first.files?.length).toBeGreaterThan(20)
    const last = await compare(base, head, Math.ceil(first.total_commits / 100))
    expect(last.files).toBeUndefined()
    expect(last.commits.at(-1)?.sha).toBe(head)
    const dates = [...first.commits, ...last.commits].map(({ commit }) => commit.committer.date)
    expect([...dates].sort()).toEqual(dates)
    expect(await compare(base, head)).toEqual(first)
  })

  it('hold the culprit of every failure that begins between two revisions of master', async () => {
    const begun = INCIDENTS.filter(
      ({ kind, lineage, spec, from }) =>
        kind === 'failure' && lineage === 'trunk' && spec in ATTRIBUTE && from > (pins[0]?.at ?? 0),
    )
    expect(begun.length).toBeGreaterThan(6)
    for (const { spec, from } of begun) {
      const at = pins.findIndex((pin) => pin.at >= from)
      if (at < 1) continue
      const range = await subjects(pins[at - 1]?.revision ?? '', pins[at]?.revision ?? '')
      expect(range.filter((subject) => subject.startsWith(`${ATTRIBUTE[spec]}: `)).length, spec).toBeGreaterThan(0)
    }
  })

  it('say which files they change', async () => {
    const { commits } = await compare(pins[10]?.revision ?? '', pins[11]?.revision ?? '')
    const bump = commits.find(({ commit }) => commit.message.startsWith('python3Packages.'))
    const answer = await fetch(`${server.url}/repos/NixOS/nixpkgs/commits/${bump?.sha}`)
    const { files } = z.object({ files: z.array(z.object({ filename: z.string() })) }).parse(await answer.json())
    expect(files[0]?.filename).toMatch(/^pkgs\/development\/python-modules\/[^/]+\/default\.nix$/)
  })

  it('tell how two revisions stand to each other, and that others are unknown', async () => {
    const [older, newer] = [pins[3]?.revision ?? '', pins[4]?.revision ?? '']
    const release = windowUpdates()[4]?.pins.release.revision ?? ''
    expect(await compare(newer, older)).toMatchObject({ status: 'behind', total_commits: 0, commits: [] })
    expect(await compare(older, older)).toMatchObject({ status: 'identical', total_commits: 0 })
    expect(await compare(older, release)).toMatchObject({ status: 'diverged' })
    const unknown = `${server.url}/repos/NixOS/nixpkgs/compare/${older}...${'0'.repeat(40)}`
    expect((await fetch(unknown)).status).toBe(404)
  })
})

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startHerculesCi } from './hercules-ci'
import { IDS } from './hercules-jobs'
import type { Upstream } from './serve'
import { makeWorld } from './world'

const NOW = new Date('2026-11-23T00:39:00Z')
const NAMES = '/site/github/account/SomeoneSerge/project/nixpkgs-unfree'
const PageSchema = z.object({
  items: z.array(z.object({ id: z.string(), index: z.number(), jobType: z.string(), jobPhase: z.string() })),
  more: z.boolean(),
})
const GraphSchema = z.object({
  nodes: z.array(
    z.object({
      derivation: z.object({ status: z.string(), derivationPath: z.string() }),
      failedDependencies: z.array(z.string()),
    }),
  ),
})

const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(
  JSON.parse(readFileSync(new URL('../../fixtures/hercules-ci-schema.json', import.meta.url), 'utf8')),
  'api',
)

/** What the schema has against a value of that type; nothing when it agrees. */
function faultsOf(type: string, value: unknown): readonly string[] {
  const validate = ajv.compile({ $ref: `api#/$defs/${type}` })
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

describe('the Hercules CI of the demo', () => {
  const world = makeWorld({ now: NOW })
  let server: Upstream

  beforeAll(async () => {
    server = await startHerculesCi(world)
  })
  afterAll(() => server.close())

  const ask = (path: string) => fetch(`${server.url}/api/v1${path}`)
  const read = async (path: string): Promise<unknown> => (await ask(path)).json()

  it('answers with the types of the contract', async () => {
    const sample = world.jobs.filter((job, index) => index % 90 === 0 || job.push.fate !== 'normal' || job.isQueued)
    const newest = world.jobs.findLast((job) => job.type === 'OnPush' && world.ends.has(job.id))
    const faults: string[] = []
    const check = async (type: string, path: string) => {
      faults.push(...faultsOf(type, await read(path)).map((fault) => `${path}: ${fault}`))
    }
    await check('Project', NAMES)
    await check('Project', `/projects/${IDS.project}`)
    await check('PagedJobs', `${NAMES}/jobs?limit=600`)
    await check('Account', `/accounts/${IDS.account}`)
    await check('EvaluationDiff', `/jobs/${newest?.id}/evaluation/compare/${world.jobs[200]?.id}`)
    for (const job of sample) {
      await check('Job', `/jobs/${job.id}`)
      await check('EvaluationDetail', `/jobs/${job.id}/evaluation`)
      await check('FailureGraph', `/jobs/${job.id}/derivations/failed`)
      await check('JobHandlers', `/jobs/${job.id}/handlers`)
      await check('Log', `/jobs/${job.id}/evaluation/log/lines?logId=any`)
    }
    expect(faults).toEqual([])
  })

  it('answers every derivation and every log with the types of the contract', async () => {
    const faults: string[] = []
    const builds = [...world.book.builds.values()].filter(
      (build, index) => index % 60 === 0 || build.attempts.length > 1 || build.state === 'Cancelled',
    )
    for (const build of builds) {
      const place = `/accounts/${IDS.account}/derivations/${encodeURIComponent(build.derivation.path)}`
      faults.push(...faultsOf('DerivationInfo', await read(`${place}?via-job=${world.jobs[1]?.id}`)))
      const logId = build.attempts.find((attempt) => attempt.startedAt !== null)?.logId
      if (logId !== undefined) faults.push(...faultsOf('Log', await read(`${place}/log/lines?logId=${logId}`)))
    }
    expect(builds.length).toBeGreaterThan(20)
    expect(faults).toEqual([])
  })

  it('pages through every job once, newest first, by the index of the last item', async () => {
    const indexes: number[] = []
    let more = true
    while (more) {
      const cursor = indexes.length === 0 ? '' : `&offsetIndex=${indexes.at(-1)}`
      const page = PageSchema.parse(await read(`/projects/${IDS.project}/jobs?limit=200${cursor}`))
      indexes.push(...page.items.map((item) => item.index))
      more = page.more
    }
    expect(indexes).toEqual(world.jobs.map((job) => job.index).reverse())
  })

  it('filters by handler in exact case and by full ref alone', async () => {
    const onPush = PageSchema.parse(await read(`${NAMES}/jobs?handler=OnPush&limit=30`))
    expect(onPush.items.every((job) => job.jobType === 'OnPush')).toBe(true)
    expect((await ask(`${NAMES}/jobs?handler=onPush`)).status).toBe(400)
    expect(await read(`${NAMES}/jobs?ref=master`)).toEqual({ items: [], more: false })
    expect(PageSchema.parse(await read(`${NAMES}/jobs?ref=refs/heads/master&limit=5`)).items).toHaveLength(5)
  })

  it('leads every failed dependency through the failure graph to a failure of its own', async () => {
    const newest = world.jobs.findLast(
      (job) => job.push.branch === 'master' && job.type === 'OnPush' && world.ends.has(job.id),
    )
    const { nodes } = GraphSchema.parse(await read(`/jobs/${newest?.id}/derivations/failed`))
    const byPath = new Map(nodes.map((node) => [node.derivation.derivationPath, node]))
    const depthOf = (path: string): number => {
      const below = byPath.get(path)?.failedDependencies ?? []
      return below.length === 0 ? 0 : 1 + Math.max(...below.map(depthOf))
    }
    for (const node of nodes) {
      expect(node.failedDependencies.length > 0).toBe(node.derivation.status === 'DependencyFailure')
    }
    expect(Math.max(...[...byPath.keys()].map(depthOf))).toBeGreaterThanOrEqual(3)
  })

  it('gives a failed build a log with terminal colours, as text too', async () => {
    const failed = [...world.book.builds.values()].findLast(
      (build) => build.state === 'BuildFailure' && build.derivation.spec.name === 'magma',
    )
    const place = `/accounts/${IDS.account}/derivations/${encodeURIComponent(failed?.derivation.path ?? '')}/log`
    const log = await (await ask(place)).text()
    expect(log).toContain('\u001b[')
    expect(log).toContain("'ptxas' died due to signal 11")
    expect((await ask(`${place}/lines`)).status).toBe(400)
  })

  it('refuses agent sessions without a token and shows them with one', async () => {
    expect((await ask(`/accounts/${IDS.account}/agentSessions`)).status).toBe(401)
    const headers = { authorization: 'Bearer any' }
    const sessions = z
      .array(z.unknown())
      .parse(await (await fetch(`${server.url}/api/v1/accounts/${IDS.account}/agentSessions`, { headers })).json())
    expect(sessions.flatMap((session) => faultsOf('AgentSession', session))).toEqual([])
  })

  it('tells an unknown job from an id that is none', async () => {
    const unknown = await ask('/jobs/00000000-0000-4000-a000-000000000000')
    expect(unknown.status).toBe(404)
    expect(faultsOf('Error', await unknown.json())).toEqual([])
    expect((await ask('/jobs/216')).status).toBe(400)
  })
})

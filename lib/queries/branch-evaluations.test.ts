import { beforeAll, expect, it } from 'vitest'
import { EvaluationDetailSchema, EvaluationsParamsSchema, EvaluationsSchema } from '@/lib/contract/evaluations'
import { builds, drv, faulty, idOf, type ScriptedRun, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readBranchEvaluations } from './branch-evaluations'
import { readBranchHead } from './branch-head'
import { readEvaluationDetail } from './evaluation-detail'

const config = scriptedConfig({ branches: [{ name: 'nixos-unstable' }, { name: 'master' }] })
const RUNS: readonly ScriptedRun[] = [
  { number: 1, results: builds({ jax: 'succeeded', torch: 'failed' }) },
  { number: 2, revision: 'b', results: builds({ jax: 'failed', torch: 'failed' }, '2.0') },
  { number: 3, revision: 'b', rerunOf: 2, results: builds({ jax: 'succeeded', torch: 'failed' }, '2.0') },
  { number: 4, state: 'cancelled' },
  { number: 5, results: [], error: 'error: attribute missing' },
  {
    number: 6,
    results: [
      ...builds({ jax: 'dependency-failed', torch: 'dependency-failed', aria: 'succeeded' }, '6.0'),
      { path: ['may'], status: 'failed', derivation: drv('may'), judgement: 'may-fail' },
      faulty('bad', 'error: bad-1.2 is marked as broken'),
    ],
    failures: [
      ...['jax', 'torch'].map((name) => ({
        derivation: drv(name, '6.0'),
        status: 'dependency-failed' as const,
        failedDependencies: [drv('magma', '2.6')],
      })),
      { derivation: drv('magma', '2.6'), status: 'failed', failedDependencies: [] },
    ],
  },
  { number: 7, state: 'running', results: builds({ aria: 'building' }) },
]

describeOnBothDatabases('Evaluations', (fresh) => {
  let scripted: Scripted
  beforeAll(async () => {
    const world = scriptedWorld(RUNS)
    for (const { number, revision } of RUNS) {
      world.locks.set(revision ?? `revision-${number}`, { revision: String(number).padStart(40, '0'), ref: null })
    }
    scripted = { db: await fresh(), world, config }
    await syncOnce(scripted)
  })

  async function list(query: { limit?: number; before?: string } = {}, branch = 'nixos-unstable') {
    const found = await readBranchEvaluations(branch, EvaluationsParamsSchema.parse(query), scripted)
    if (found === null) return null
    expect(EvaluationsSchema.parse(found)).toEqual(found)
    return found
  }
  async function detail(number: number) {
    const { key } = await scripted.db.evaluation.findFirstOrThrow({ where: { externalId: idOf(number) } })
    const found = await readEvaluationDetail(key, scripted)
    if (found === null) throw new Error(`no evaluation ${number}`)
    expect(EvaluationDetailSchema.parse(found)).toEqual(found)
    return found
  }

  it('of a branch are listed newest first, a rerun beside what it replaced, running and cancelled ones too', async () => {
    const found = await list()
    expect(found?.evaluations.map(({ index, state, isSuperseded }) => [index, state, isSuperseded])).toEqual([
      [7, 'running', false],
      [6, 'finished', false],
      [5, 'failed', false],
      [4, 'cancelled', false],
      [3, 'finished', false],
      [2, 'finished', true],
      [1, 'finished', false],
    ])
    expect(found?.next).toBeNull()
  })

  it('are counted by status, each for itself', async () => {
    const found = await list()
    const countsOf = (index: number) => found?.evaluations.find((one) => one.index === index)?.counts
    expect(countsOf(1)).toEqual({ succeeded: 1, failed: 1 })
    expect(countsOf(6)).toEqual({ succeeded: 1, 'dependency-failed': 2, failed: 1, 'evaluation-failed': 1 })
    expect(countsOf(4)).toEqual({})
  })

  it('come in pages that leave out none and repeat none', async () => {
    const seen: number[] = []
    let before: string | null = null
    do {
      const page = await list({ limit: 2, ...(before !== null && { before }) })
      seen.push(...(page?.evaluations.map(({ index }) => index) ?? []))
      before = page?.next ?? null
    } while (before !== null)
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it('have nothing before an id that is not known, nor on a branch that is not watched', async () => {
    expect((await list({ before: 'unknown' }))?.evaluations).toEqual([])
    expect((await list({}, 'master'))?.evaluations).toEqual([])
    expect(await list({}, 'other')).toBeNull()
    expect(await readBranchHead('other', scripted.world.clock, scripted)).toBeNull()
    expect(await readBranchHead('nixos-unstable', scripted.world.clock, scripted)).toMatchObject({
      evaluation: { index: 6 },
      running: { index: 7 },
    })
  })

  it('tell every attribute in their order, with its causes folded on top', async () => {
    const found = await detail(6)
    expect(found.branch).toBe('nixos-unstable')
    expect(found.attributes.map(({ attribute, status, mayFail }) => [attribute, status, mayFail])).toEqual([
      ['jax', 'dependency-failed', false],
      ['torch', 'dependency-failed', false],
      ['aria', 'succeeded', false],
      ['may', 'failed', true],
      ['bad', 'evaluation-failed', false],
    ])
    expect(found.rootCauses.map(({ name, blocks, brokenNow }) => [name, blocks, brokenNow])).toEqual([
      ['magma-2.6', 2, [{ branch: 'nixos-unstable', blocks: 2 }]],
      ['error: bad-#.# is marked as broken', 1, [{ branch: 'nixos-unstable', blocks: 1 }]],
      ['may-1.0', 1, [{ branch: 'nixos-unstable', blocks: 1 }]],
    ])
  })

  it('say why they failed as a whole', async () => {
    expect(await detail(5)).toMatchObject({
      evaluation: { state: 'failed', error: 'error: attribute missing', isComplete: false },
      attributes: [],
      counts: {},
    })
  })

  it('are none under an id that was never given', async () => {
    expect(await readEvaluationDetail('none', scripted)).toBeNull()
    expect(await readEvaluationDetail('no\0ne', scripted)).toBeNull()
  })
})

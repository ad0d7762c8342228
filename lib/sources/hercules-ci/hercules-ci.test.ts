import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ACCOUNT, NAMES, PROJECT, sample, sourceOf } from './sample-answers'

const ObjectSchema = z.looseObject({})
const job = (changes: Record<string, unknown> = {}) => ({ ...ObjectSchema.parse(sample('job')), ...changes })
const jobs = (...items: unknown[]) => ({ items, more: false })

describe('typical answers', () => {
  it('a page of jobs becomes runs, newest first, and the cursor of the next page', async () => {
    const { source, asked } = sourceOf({ [`${PROJECT}/jobs`]: sample('jobs-page-1') })
    const page = await source.listRuns(null)
    expect(page).toMatchObject({ faults: [], next: '211' })
    expect(page.runs[0]).toEqual({
      externalId: 'bfd7152a-a6bd-4f94-9d3b-c88234b48530',
      index: 218,
      handler: 'OnPush/default',
      ref: 'master',
      jobName: 'default',
      ciRevision: '4fbfe38fab71a95124b137ebc843487a7c83ebbc',
      state: 'running',
      isEvaluating: false,
      startedAt: new Date('2022-04-16T00:09:12.408Z'),
      finishedAt: null,
      rerunOf: null,
      rerunOfIndex: null,
      url: 'https://hercules-ci.com/github/SomeoneSerge/nixpkgs-unfree/jobs/218',
    })
    expect(asked.map(({ path }) => path)).toEqual([NAMES, `${PROJECT}/jobs?limit=100`])
  })

  it('the project is resolved once, and the last page has no cursor', async () => {
    const { source, asked } = sourceOf({ [`${PROJECT}/jobs`]: sample('jobs-page-2') })
    expect((await source.listRuns('211')).next).toBeNull()
    await source.listRuns(null)
    expect(asked.map(({ path }) => path)).toEqual([
      NAMES,
      `${PROJECT}/jobs?limit=100&offsetIndex=211`,
      `${PROJECT}/jobs?limit=100`,
    ])
  })

  it('schedules keep the name of their handler; without configured handlers they count', async () => {
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: sample('jobs-on-schedule') })
    expect((await source.listRuns(null)).runs.map(({ handler, jobName, ref }) => [handler, jobName, ref])).toEqual([
      ['OnSchedule/flake-update', 'flake-update', 'develop'],
      ['OnSchedule/buildNixosUnstableMatrix', 'buildNixosUnstableMatrix', 'develop'],
      ['OnSchedule/buildMasterAmpereEssential', 'buildMasterAmpereEssential', 'develop'],
    ])
  })

  it('a Legacy job is a run where it is configured', async () => {
    const answers = { [`${PROJECT}/jobs`]: jobs(sample('job-legacy')) }
    expect((await sourceOf(answers).source.listRuns(null)).runs).toEqual([])
    const { runs } = await sourceOf(answers, { handlers: ['Legacy'] }).source.listRuns(null)
    expect(runs).toMatchObject([{ handler: 'Legacy', jobName: null }])
  })

  it('attributes are judged: MustFail is swapped, MayFail is marked, DependenciesOnly is left out', async () => {
    const { source } = sourceOf({ '/jobs/x/evaluation': sample('evaluation-attribute-types') })
    const { results, derivations } = await source.readEvaluation('x')
    expect(results.map(({ path, judgement, status }) => [path.at(-1), judgement, status])).toEqual([
      ['regular', 'regular', 'succeeded'],
      ['known-broken', 'must-fail', 'succeeded'],
      ['unexpectedly-fixed', 'must-fail', 'failed'],
      ['flaky', 'may-fail', 'failed'],
      ['', 'regular', 'succeeded'],
      ['needs "quotes"/slash.dot', 'regular', 'succeeded'],
    ])
    expect(derivations.get('/nix/store/5dj368l8dmwffrdrks2ynkdh8wv83996-known-broken-1.0.drv')).toBe('failed')
  })

  it('the failure graph keeps its edges', async () => {
    const { source } = sourceOf({ '/jobs/x/derivations/failed': sample('failure-graph') })
    const nodes = await source.readFailures('x')
    expect(nodes).toHaveLength(6)
    expect(nodes[2]).toEqual({
      derivation: '/nix/store/lify5fv72yflvsa23v4zqiy6vxmq23z2-python3.9-pytorch-1.11.0.drv',
      status: 'dependency-failed',
      failedDependencies: ['/nix/store/a5qvp548hav4hfa6b977p19jh1s6lkgg-magma-2.6.2.drv'],
    })
  })

  it('a derivation has system, features, inputs, outputs with their size, and attempts', async () => {
    const { source } = sourceOf({ [`${ACCOUNT}/derivations/d`]: sample('derivation-success') })
    expect(await source.readDerivation('d', 'x')).toEqual({
      status: 'succeeded',
      system: 'x86_64-linux',
      requiredSystemFeatures: ['big-parallel'],
      outputs: [
        {
          name: 'out',
          path: '/nix/store/1fg66ppkspn6rp2inbz4wwnih7lg649v-python3.9-jaxlib-0.3.0',
          narSize: 288817664,
        },
      ],
      inputs: [
        { derivation: '/nix/store/n79v2f3lxnqbxzdrza0xs80rhw2rhcwz-stdenv-linux.drv', output: 'out' },
        { derivation: '/nix/store/m5c2qxldg91dd1dgh5ggxvlrk3hg88qd-cudatoolkit-11.5-cudnn-8.3.2.drv', output: 'out' },
      ],
      attempts: [
        {
          logId: '84d79c2e-3cea-4a78-a7c8-f6bd5153e01f',
          host: 'cuda-builder-01',
          startedAt: new Date('2022-04-16T00:40:01.200Z'),
          endedAt: new Date('2022-04-16T02:08:12.330Z'),
          status: 'succeeded',
          technicalError: null,
        },
      ],
    })
  })

  it.each(['evaluation', 'evaluation-base', 'evaluation-in-progress', 'evaluation-dotted-names'])(
    'every attribute of the sample %s is a result whose derivation has a state',
    async (name) => {
      const { source } = sourceOf({ '/jobs/x/evaluation': sample(name) })
      const { results, derivations } = await source.readEvaluation('x')
      const { attributes } = z.object({ attributes: z.array(z.unknown()) }).parse(sample(name))
      expect(results).toHaveLength(attributes.length)
      for (const { derivation, status } of results) {
        expect(status).not.toBe('unknown')
        if (derivation !== null) expect(derivations.get(derivation)).toBe(status)
      }
    },
  )

  it('the token goes with every question', async () => {
    const { source, asked } = sourceOf({ [`${PROJECT}/jobs`]: jobs() }, { token: 'hush' })
    await source.listRuns(null)
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer hush', 'Bearer hush'])
  })

  it.each([
    'https://me:hush@ci.example',
    'https://ci.example/',
    'https://ci.example/api/v1',
    'https://ci.example/api/v1/',
  ])('an installation at %s has its web links beside the API', async (url) => {
    const own = job({ forgeName: null, ownerName: null, repoName: null })
    const { source } = sourceOf({ '/jobs/x': own }, { url })
    expect((await source.readRun('x')).url).toBe('https://ci.example/github/SomeoneSerge/nixpkgs-unfree/jobs/216')
  })
})

describe('paging', () => {
  it.each([
    ['a server that ignores the cursor', [218, 211], '211'],
    ['a page that goes back', [218, 212], '211'],
    ['an empty page', [], '211'],
  ])('ends at %s', async (_case, indexes, cursor) => {
    const items = indexes.map((index) => job({ index, id: `job-${index}` }))
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items, more: true } })
    expect((await source.listRuns(cursor)).next).toBeNull()
  })

  it('goes on after the last item, not after the greatest, in rising order too', async () => {
    const items = [3, 4, 5].map((index) => job({ index, id: `job-${index}` }))
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items, more: true } })
    expect((await source.listRuns('2')).next).toBe('5')
    expect((await source.listRuns('5')).next).toBeNull()
  })
})

describe('missing fields', () => {
  it('that came later, or that are null, leave a run whole', async () => {
    const { id, index, startTime, jobPhase, isCancelled, jobStatus, evaluationStatus } = ObjectSchema.parse(
      sample('job'),
    )
    const old = { id, index, startTime, jobPhase, isCancelled, jobStatus, evaluationStatus, jobType: 'Legacy' }
    const { source } = sourceOf({ '/jobs/x': { ...old, source: { revision: 'abc' } } })
    expect(await source.readRun('x')).toMatchObject({ ref: null, jobName: null, finishedAt: null, rerunOf: null })
  })

  it('typ of an attribute means Regular', async () => {
    const attributes = [{ path: ['a'], value: { Ok: { status: 'BuildSuccess', derivationPath: '/nix/store/a.drv' } } }]
    const { source } = sourceOf({ '/jobs/x/evaluation': { messages: [], attributes, derivations: {} } })
    const { results } = await source.readEvaluation('x')
    expect(results).toMatchObject([{ judgement: 'regular', status: 'succeeded' }])
  })

  it('paths of outputs come from the build where they cannot be known before it', async () => {
    const info = JSON.stringify(sample('derivation-success'))
    const path = '/nix/store/1fg66ppkspn6rp2inbz4wwnih7lg649v-python3.9-jaxlib-0.3.0'
    const floating = JSON.parse(info.replace(`"outputPath":"${path}"}],"usedIn`, '"outputPath":null}],"usedIn'))
    const { source } = sourceOf({ [`${ACCOUNT}/derivations/d`]: floating })
    expect((await source.readDerivation('d', 'x')).outputs).toEqual([{ name: 'out', path, narSize: 288817664 }])
    const unbuilt = { ...floating, events: [] }
    const other = sourceOf({ [`${ACCOUNT}/derivations/d`]: unbuilt }).source
    expect((await other.readDerivation('d', 'x')).outputs).toEqual([{ name: 'out', path: null, narSize: null }])
  })
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ListedRun, ObservedEvaluation, Source } from '@/lib/sources/source'
import { ACCOUNT, type Answers, PROJECT, sample, sourceOf } from './sample-answers'

// The numbers are those of section 9 of the contract; 13, 16, 19, 21 and 22 touch nothing that is read here.

const LISTED: Answers = {
  [`${PROJECT}/jobs?limit=100`]: sample('jobs-page-1'),
  [`${PROJECT}/jobs?limit=100&offsetIndex=211`]: sample('jobs-page-2'),
}
const JobSchema = z.looseObject({ index: z.number(), jobType: z.string(), source: z.looseObject({}) })

async function listAll(source: Source): Promise<ListedRun[]> {
  const runs: ListedRun[] = []
  let cursor: string | null = null
  do {
    const page = await source.listRuns(cursor)
    runs.push(...page.runs)
    cursor = page.next
  } while (cursor !== null)
  return runs
}

async function listOf(job: Record<string, unknown>): Promise<readonly ListedRun[]> {
  const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items: [job], more: false } })
  return (await source.listRuns(null)).runs
}

async function runOf(job: Record<string, unknown>): Promise<ListedRun> {
  return sourceOf({ '/jobs/x': job }).source.readRun('x')
}

function readSample(name: string): Promise<ObservedEvaluation> {
  return sourceOf({ '/jobs/x/evaluation': sample(name) }).source.readEvaluation('x')
}

const job = (changes: Record<string, unknown> = {}) => ({ ...JobSchema.parse(sample('job')), ...changes })

describe('jobs', () => {
  it('trap 1: the id asks, the index links', async () => {
    const run = await runOf(job())
    expect(run.externalId).toBe('0e1e1f58-7432-4a1b-92f9-737600638592')
    expect(run.url).toBe('https://hercules-ci.com/github/SomeoneSerge/nixpkgs-unfree/jobs/216')
  })

  it('trap 2: Config jobs that went well are no runs, though they are in the list', async () => {
    const runs = await listAll(sourceOf(LISTED).source)
    expect(runs.map(({ index }) => index)).toEqual([218, 216, 214, 212, 210, 209, 207, 206])
  })

  it('trap 3: a push whose only job is a failed Config job is a failed run', async () => {
    const runs = await listAll(sourceOf(LISTED, { handlers: ['OnPush/default'] }).source)
    expect(runs.find(({ index }) => index === 207)).toMatchObject({
      handler: 'Config',
      state: 'failed',
      ref: 'develop',
      isEvaluating: false,
    })
  })

  it('trap 4: several handlers of one commit stay apart', async () => {
    const items = ['default', 'nightly'].map((jobName, n) => job({ id: `job-${n}`, index: 300 + n, jobName }))
    const { source } = sourceOf({ [`${PROJECT}/jobs`]: { items, more: false } })
    const { runs } = await source.listRuns(null)
    expect(runs.map(({ handler }) => handler)).toEqual(['OnPush/default', 'OnPush/nightly'])
    expect(new Set(runs.map(({ ciRevision }) => ciRevision)).size).toBe(1)
  })

  it('trap 4: a handler that is not configured is left out', async () => {
    const { source } = sourceOf(LISTED, { handlers: ['OnPush/other'] })
    expect((await listAll(source)).map(({ handler }) => handler)).toEqual(['Config'])
  })

  it('trap 5: a rerun names the run that it repeats, by id and index', async () => {
    const runs = await listAll(sourceOf(LISTED).source)
    const [rerun, repeated] = [210, 206].map((index) => runs.find((run) => run.index === index))
    expect(rerun).toMatchObject({ rerunOf: repeated?.externalId, rerunOfIndex: 206 })
    expect(rerun?.ciRevision).toBe(repeated?.ciRevision)
    expect(repeated).toMatchObject({ rerunOf: null, rerunOfIndex: null })
  })

  it.each([
    ['Queued', 'queued', true],
    ['Evaluating', 'running', true],
    ['Building', 'running', false],
    ['Effects', 'finished', false],
    ['Done', 'finished', false],
    ['Reticulating', 'running', true],
  ])('trap 9: in phase %s a run is %s, and attributes may come: %s', async (jobPhase, state, isEvaluating) => {
    expect(await runOf(job({ jobPhase, endTime: null }))).toMatchObject({ state, isEvaluating })
  })

  it('trap 10: a failed evaluation does not by itself make a run failed, for its attributes decide', async () => {
    const runs = await listAll(sourceOf(LISTED).source)
    expect(runs.find(({ index }) => index === 212)).toMatchObject({ state: 'finished' })
  })

  it.each(['Failure', 'Pending', 'Success'])(
    'trap 12: a cancelled run is cancelled, its status %s or not',
    async (word) => {
      expect(await runOf(job({ isCancelled: true, jobStatus: word }))).toMatchObject({ state: 'cancelled' })
    },
  )

  it('trap 12: a cancelled Config job tells nothing about the push', async () => {
    expect(await listOf(job({ jobType: 'Config', isCancelled: true, jobStatus: 'Failure' }))).toEqual([])
  })

  it('trap 14: a run that waits in phase Effects for another job is finished, its end not known', async () => {
    const run = await runOf(job({ jobPhase: 'Effects', endTime: null, effectsStatus: 'Pending' }))
    expect(run).toMatchObject({ state: 'finished', finishedAt: null })
  })

  it('trap 15: the derivationStatus of a job, a JobStatus, is not read as one of a derivation', async () => {
    expect(await runOf(job({ derivationStatus: 'Failure', jobStatus: 'Failure' }))).toMatchObject({ state: 'finished' })
  })

  it('trap 20: the revision is called that of the CI repository', async () => {
    expect(await runOf(job())).toMatchObject({ ciRevision: '8cc8a5aca3b13477d0fb12a9f6ebd52bb1d4c891' })
  })

  it('trap 23: jobStatus and jobPhase are read, never the status and phase of a short form', async () => {
    expect(await runOf(job({ status: 'Success', phase: 'Building' }))).toMatchObject({ state: 'finished' })
    await expect(runOf(job({ jobPhase: undefined, phase: 'Done' }))).rejects.toMatchObject({ kind: 'invalid-response' })
  })
})

describe('evaluations', () => {
  it('trap 6: an evaluation read again shows the present state of the same derivation', async () => {
    const answers: Record<string, unknown> = { '/jobs/x/evaluation': sample('evaluation-started') }
    const path = '/nix/store/ixn25l1fk9kwvgzwaa3a3ldwm528yy3b-openmpi-4.1.3.drv'
    const before = await sourceOf(answers).source.readEvaluation('x')
    const text = JSON.stringify(answers['/jobs/x/evaluation']).replaceAll('"Building"', '"BuildFailure"')
    const after = await sourceOf({ '/jobs/x/evaluation': JSON.parse(text) }).source.readEvaluation('x')
    expect([before, after].map(({ derivations }) => derivations.get(path))).toEqual(['building', 'failed'])
    expect(after.results[1]).toMatchObject({ derivation: path, status: 'failed' })
  })

  it('trap 7: attributes that share a derivation stay attributes of their own', async () => {
    const shared = { Ok: { status: 'BuildSuccess', derivationPath: '/nix/store/a-x.drv' } }
    const attributes = [
      { path: ['a'], value: shared },
      { path: ['b'], value: shared },
    ]
    const body = { messages: [], attributes, derivations: { '/nix/store/a-x.drv': 'BuildSuccess' } }
    const { results, derivations } = await sourceOf({ '/jobs/x/evaluation': body }).source.readEvaluation('x')
    expect(results.map(({ path }) => path)).toEqual([['a'], ['b']])
    expect([...derivations]).toEqual([['/nix/store/a-x.drv', 'succeeded']])
  })

  it('trap 8: names keep their dots, spaces, quotes and slashes, and may be empty', async () => {
    const dotted = await readSample('evaluation-dotted-names')
    expect(dotted.results.map(({ path }) => path)).toContainEqual(['python3Packages.jaxlib'])
    const odd = await readSample('evaluation-attribute-types')
    expect(odd.results.map(({ path }) => path)).toContainEqual(['checks', 'x86_64-linux', ''])
    expect(odd.results.map(({ path }) => path)).toContainEqual(['checks', 'x86_64-linux', 'needs "quotes"/slash.dot'])
  })

  it('trap 9: an evaluation that grows has the attributes found so far and no error', async () => {
    const started = await readSample('evaluation-started')
    expect(started.results.map(({ status }) => status)).toEqual(['succeeded', 'building'])
    expect(started.error).toBeNull()
  })

  it('trap 10: attributes with errors do not evaluate, the rest is there', async () => {
    const { results, error } = await readSample('evaluation-attribute-errors')
    expect(results.map(({ status }) => status)).toEqual([
      'succeeded',
      'evaluation-failed',
      'evaluation-failed',
      'evaluation-failed',
      'succeeded',
      'succeeded',
    ])
    expect(results[1]).toMatchObject({
      derivation: null,
      error: { message: "attribute 'jaxlibWithCuda' missing", type: 'EvalException', derivation: null },
    })
    expect(error).toBeNull()
  })

  it('trap 10: no attributes and a message with typ Error is an evaluation that failed as a whole', async () => {
    const { results, error } = await readSample('evaluation-failed')
    expect(results).toEqual([])
    expect(error).toMatch(/^error: undefined variable 'cuPrefixae'/)
  })

  it('trap 10: a push job without any derivation that failed wordlessly has an error nonetheless', async () => {
    const empty = { messages: [], attributes: [], derivations: {} }
    const read = (evaluationStatus: string) =>
      sourceOf({ '/jobs/x': job({ evaluationStatus }), '/jobs/x/evaluation': empty }).source.readEvaluation('x')
    expect((await read('Failure')).error).toBe('The evaluation failed without a message.')
    expect((await read('Success')).error).toBeNull()
  })

  it('trap 11: a build during evaluation is a derivation and no attribute; who needs it names it', async () => {
    const { results, derivations } = await readSample('evaluation-attribute-errors')
    const built = '/nix/store/6xfm2cyiw511km4vdimcc2fhb7aq5wzi-mach-nix-expression.drv'
    expect(derivations.get(built)).toBe('failed')
    expect(results.filter(({ derivation }) => derivation === built)).toEqual([])
    expect(results[3]).toMatchObject({
      status: 'evaluation-failed',
      error: { type: 'BuildException', derivation: built },
    })
  })

  it('trap 11: a build during evaluation is known even where the derivations do not list it', async () => {
    const derivation = { status: 'Building', derivationPath: '/nix/store/a-ifd.drv' }
    const body = {
      messages: [],
      attributes: [{ path: ['a'], value: { Ok: { status: 'Waiting', derivationPath: '/nix/store/a-x.drv' } } }],
      derivations: {},
      ifdAttributes: [{ path: ['a'], value: derivation, typ: 'Regular' }],
    }
    const { derivations } = await sourceOf({ '/jobs/x/evaluation': body }).source.readEvaluation('x')
    expect(Object.fromEntries(derivations)).toEqual({
      '/nix/store/a-ifd.drv': 'building',
      '/nix/store/a-x.drv': 'queued',
    })
  })

  it('trap 12: builds of a cancelled run are cancelled, not failed', async () => {
    const { results } = await readSample('evaluation-cancelled')
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'cancelled', 'cancelled'])
  })

  it('trap 14: effects are no packages', async () => {
    expect((await readSample('evaluation-attribute-types')).results.map(({ path }) => path.join('.'))).not.toContain(
      'effects.deploy docs',
    )
    const alone = sourceOf({ '/jobs/x/evaluation': sample('evaluation-effect') }).source
    expect((await alone.readEvaluation('x')).results).toEqual([])
  })
})

describe('derivations', () => {
  const path = '/nix/store/a5qvp548hav4hfa6b977p19jh1s6lkgg-magma-2.6.2.drv'
  const place = `${ACCOUNT}/derivations/${encodeURIComponent(path)}?via-job=x`
  const readDerivation = (body: unknown) => sourceOf({ [place]: body }).source.readDerivation(path, 'x')

  it('trap 1: a derivation is asked for by the id of the job, its path in one segment', async () => {
    const { source, asked } = sourceOf({ [place]: sample('derivation-build-failure') })
    await source.readDerivation(path, 'x')
    expect(asked.at(-1)?.path).toBe(
      `${ACCOUNT}/derivations/%2Fnix%2Fstore%2Fa5qvp548hav4hfa6b977p19jh1s6lkgg-magma-2.6.2.drv?via-job=x`,
    )
  })

  it('trap 15: the word of a derivation is read as such', async () => {
    expect(await readDerivation(sample('derivation-dependency-failure'))).toMatchObject({ status: 'dependency-failed' })
    expect(await readDerivation(sample('derivation-cancelled'))).toMatchObject({ status: 'cancelled' })
  })

  it('trap 17: nested events become attempts in the order of time, whatever the order of the lists', async () => {
    const info = z.looseObject({ events: z.array(z.array(z.unknown())) }).parse(sample('derivation-build-failure'))
    const shuffled = { ...info, events: info.events.map((list) => list.toReversed()).toReversed() }
    const expected = [
      {
        logId: 'fefb331a-4b1e-4429-b52a-d4efd558f2d8',
        host: 'cuda-builder-02',
        startedAt: new Date('2022-04-16T00:12:40.118Z'),
        endedAt: new Date('2022-04-16T01:02:11Z'),
        status: 'failed',
        technicalError: 'Worker failed: ExitFailure (-9)',
      },
      {
        logId: '745cb13b-b862-4a94-b234-1d870e4c868b',
        host: 'cuda-builder-01',
        startedAt: new Date('2022-04-16T01:21:09.930Z'),
        endedAt: new Date('2022-04-16T02:14:37.420Z'),
        status: 'failed',
        technicalError: null,
      },
    ]
    expect((await readDerivation(info)).attempts).toEqual(expected)
    expect((await readDerivation(shuffled)).attempts).toEqual(expected)
  })

  it('trap 18: a host may be missing from an attempt that runs', async () => {
    const { attempts } = await readDerivation(sample('derivation-building'))
    expect(attempts).toMatchObject([{ host: null, status: 'building', endedAt: null }])
    expect(attempts[0]?.logId).toBe('85a79f66-009b-490c-bb4b-333da15aa97e')
  })

  it('trap 18: an empty host name of an evaluation that no agent took is no fault', async () => {
    const body = { agentHostname: '', messages: [], attributes: [], derivations: {} }
    const { source } = sourceOf({ '/jobs/x': job(), '/jobs/x/evaluation': body })
    expect(await source.readEvaluation('x')).toMatchObject({ results: [], error: null })
  })
})

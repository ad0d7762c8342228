import { expect, it } from 'vitest'
import { EXPLAIN_PATHS_MAX, ExplanationSchema } from '@/lib/contract/explain'
import { questionOf } from '@/lib/contract/explain-question'
import type { Db } from '@/lib/db/client'
import { type Presence, presenceCode } from '@/lib/domain/presence'
import { type Status, statusCode } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readExplanation } from './explain'
import { addEvaluation, hour, queryConfig, revision, storePath } from './testing/rows'

const config = queryConfig()
const ms = (hours: number) => BigInt(hour(hours).getTime())

interface BuildParts {
  readonly evaluationId: number
  readonly name: string
  readonly version: string
  readonly status?: Status
  readonly variant?: string
  readonly isCached?: boolean
  /** By output, then by cache. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, AnswerParts>>>>
  readonly causes?: readonly string[]
}

interface AnswerParts {
  readonly presence: Presence
  readonly reason?: string
  readonly signedBy?: string
  readonly lastSeen?: number
  readonly missingSince?: number
  readonly last?: Presence
}

const answerOf = ({ presence, last, ...parts }: AnswerParts, checkedMs = ms(5)) => ({
  ...{ presence: presenceCode(presence), checkedMs, reason: parts.reason ?? null, signedBy: parts.signedBy ?? null },
  lastSeenMs: parts.lastSeen === undefined ? null : ms(parts.lastSeen),
  missingSinceMs: parts.missingSince === undefined ? null : ms(parts.missingSince),
  ...(last !== undefined && { lastPresence: presenceCode(last), lastCheckedMs: ms(2) }),
})

/** Stores a derivation of a name as syncs do, as an attribute of an evaluation, and returns its path. */
async function addBuild(db: Db, parts: BuildParts): Promise<string> {
  const { evaluationId, name, version, status = 'succeeded', variant = null, causes = [] } = parts
  const full = [name, version].filter(Boolean).join('-')
  const path = storePath(`${full}.drv`).replace('0000', `000${evaluationId}`)
  const outputs = Object.entries(parts.outputs ?? {}).map(([output, caches]) => ({
    name: output,
    path: outputOf(path, output),
    presences: { create: Object.entries(caches).map(([cache, answer]) => ({ cache, ...answerOf(answer) })) },
  }))
  const { id: derivationId } = await db.derivation.create({
    data: {
      ...{ path, name, version, status: statusCode(status), isCached: parts.isCached ?? false },
      outputs: { create: outputs },
    },
  })
  const source_path = { source: 'ci', path: JSON.stringify([variant, name]) }
  const { id: attributeId } = await db.attribute.upsert({
    where: { source_path },
    create: { ...source_path, text: `${variant}.${name}`, package: name, row: name, variant, rank: '[0]' },
    update: {},
  })
  const result = { evaluationId, attributeId, derivationId, status: statusCode(status), judgement: 0 }
  await db.result.create({ data: { ...result, position: 0, role: 2 } })
  for (const [position, cause] of causes.entries()) {
    const derivation = storePath(`${cause}.drv`)
    await db.cause.create({
      data: { evaluationId, attributeId, position, derivation, name: cause, status: statusCode('failed') },
    })
  }
  return path
}

const outputOf = (derivation: string, output = 'out') =>
  derivation.replace(/\.drv$/, output === 'out' ? '' : `-${output}`)

async function explain(db: Db, text: string) {
  return ExplanationSchema.parse(await readExplanation(questionOf(text), { db, config }))
}

async function explainOne(db: Db, path: string) {
  const [explained] = (await explain(db, path)).paths
  if (explained === undefined) throw new Error(`no answer for ${path}`)
  return explained
}

const CACHED = { near: { presence: 'cached', signedBy: 'key-1' }, far: { presence: 'missing' } } as const

describeOnBothDatabases('An explanation', (fresh) => {
  it('tells where a path is cached and who signed it, by its output and by its derivation', async () => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    const path = await addBuild(db, { evaluationId, name: 'torch', version: '2.1', outputs: { out: CACHED } })
    const output = await explainOne(db, outputOf(path))
    expect(output).toMatchObject({
      ...{ verdict: 'cached', name: 'torch-2.1', status: 'succeeded', derivation: path, list: 'named' },
      caches: [
        { id: 'near', presence: 'cached', signedBy: 'key-1', checkedAt: hour(5).toISOString() },
        { id: 'far', presence: 'missing', signedBy: null },
      ],
      place: { package: 'torch', branch: 'nixos-unstable', evaluation: { index: 1, nixpkgsRevision: revision(1) } },
    })
    expect(output.reason).toBe('In near, signed by key-1 (asked 2026-11-20 05:00 UTC).')
    expect((await explain(db, `this derivation will be built:\n  ${path}`)).paths).toMatchObject([
      { verdict: 'cached', list: 'build', next: expect.stringContaining('does not trust its key') },
    ])
  })

  it.each<[AnswerParts, string, string]>([
    [
      { presence: 'evicted', lastSeen: 3, missingSince: 4 },
      'evicted',
      'last seen 2026-11-20 03:00 UTC, found gone 2026-11-20 04:00 UTC',
    ],
    [{ presence: 'missing' }, 'never-cached', 'never seen in near (asked 2026-11-20 05:00 UTC)'],
    [{ presence: 'untrusted', reason: 'the narinfo is not signed' }, 'untrusted', 'near: the narinfo is not signed'],
    [
      { presence: 'unreachable', reason: 'answered HTTP 403', last: 'cached' },
      'unreachable',
      'near does not answer: answered HTTP 403. It last said “cached”, on 2026-11-20 02:00 UTC.',
    ],
    [{ presence: 'unchecked' }, 'unchecked', 'Not asked yet: near.'],
  ])('of what a cache says %j is %s', async (answer, verdict, reason) => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    const outputs = {
      out: { near: answer, far: { presence: 'missing' } },
      doc: { near: { presence: 'cached' } },
    } as const
    const path = await addBuild(db, { evaluationId, name: 'torch', version: '2.1', outputs })
    for (const asked of [path, outputOf(path)]) {
      expect(await explainOne(db, asked)).toMatchObject({ verdict, reason: expect.stringContaining(reason) })
    }
  })

  it('tells what the CI could not build, and because of what', async () => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    const blocked = { status: 'dependency-failed', causes: ['magma-2.6', 'nccl-2'] } as const
    const path = await addBuild(db, { evaluationId, name: 'torch', version: '2.1', ...blocked })
    expect(await explainOne(db, path)).toMatchObject({
      ...{ verdict: 'not-built', status: 'dependency-failed', derivation: path },
      rootCauses: [{ name: 'magma-2.6', derivation: storePath('magma-2.6.drv') }, { name: 'nccl-2' }],
      reason: 'The CI could not build it: magma-2.6 and 1 more failed before it.',
    })
    expect(await explainOne(db, storePath('magma-2.6.drv'))).toMatchObject({
      ...{ verdict: 'not-built', status: 'failed', place: null, derivation: storePath('magma-2.6.drv') },
      rootCauses: [{ name: 'magma-2.6' }],
    })
    const building = await addBuild(db, { evaluationId, name: 'jax', version: '1', status: 'building' })
    expect(await explainOne(db, building)).toMatchObject({ verdict: 'not-built', reason: 'The CI is building it now.' })
  })

  it('finds what comes nearest to a path that no evaluation has, and how far it is', async () => {
    const db = await fresh()
    const [first, second, third] = [await addEvaluation(db, 1), await addEvaluation(db, 2), await addEvaluation(db, 3)]
    await addBuild(db, { evaluationId: first, name: 'torch', version: '1.13' })
    const kept = await addBuild(db, { evaluationId: second, name: 'torch', version: '2.1', isCached: true })
    await addBuild(db, { evaluationId: third, name: 'torch', version: '2.1', variant: 'cuda_11_5' })
    const other = await explainOne(db, storePath('torch-2.2-dev'))
    expect(other).toMatchObject({
      ...{ verdict: 'other-revision', status: null, derivation: null },
      nearest: { name: 'torch-2.1', comparison: 'older', derivation: kept, isCached: true, evaluation: { index: 2 } },
    })
    expect(other.reason).toContain(
      `torch-2.1 on nixos-unstable, an older version: nixpkgs ${revision(2).slice(0, 8)} from 2026-11-20`,
    )
    expect(await explainOne(db, storePath('torch-2.1.drv'))).toMatchObject({
      ...{ verdict: 'other-variant', nearest: { comparison: 'same' } },
      next: expect.stringContaining('cudaCapabilities'),
    })
    expect(await explainOne(db, storePath('torch-0.9.drv'))).toMatchObject({
      nearest: { name: 'torch-1.13', comparison: 'newer' },
    })
  })

  it('knows a package in another version of its set', async () => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    await addBuild(db, { evaluationId, name: 'python3.11-torch', version: '2.1' })
    expect(await explainOne(db, storePath('python3.12-torch-2.1'))).toMatchObject({
      ...{ verdict: 'other-variant', nearest: { name: 'python3.11-torch-2.1', package: 'python3.11-torch' } },
    })
  })

  it('says what is known of other paths, and no more', async () => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 1)
    const torch = await addBuild(db, { evaluationId, name: 'torch', version: '2.1' })
    await db.derivation.update({
      where: { path: torch },
      data: { inputs: { create: [{ input: storePath('zlib-1.drv') }] } },
    })
    expect(await explainOne(db, storePath('zlib-1.drv'))).toMatchObject({
      ...{ verdict: 'unchecked', caches: [], reason: expect.stringContaining('its outputs are not known here') },
    })
    expect(await explainOne(db, storePath('unit-x.service.drv'))).toMatchObject({
      ...{ verdict: 'not-in-set', caches: [], reason: expect.stringContaining('Its outputs are not known here') },
    })
    await db.askedPath.createMany({
      data: ['near', 'far'].map((cache) => ({ path: storePath('hello'), cache, ...answerOf({ presence: 'missing' }) })),
    })
    expect(await explainOne(db, storePath('hello'))).toMatchObject({
      ...{ verdict: 'not-in-set', reason: expect.stringContaining('in no cache that is configured here (asked ') },
      caches: [{ presence: 'missing' }, { presence: 'missing' }],
    })
  })

  it.each<[AnswerParts, string]>([
    [{ presence: 'cached', signedBy: 'key-1' }, 'cached'],
    [{ presence: 'untrusted', reason: 'not signed' }, 'untrusted'],
    [{ presence: 'unreachable', reason: 'timed out' }, 'unreachable'],
    [{ presence: 'evicted' }, 'evicted'],
  ])('takes what caches said of a foreign path, %j, as %s', async (answer, verdict) => {
    const db = await fresh()
    const path = storePath('hello')
    await db.askedPath.create({ data: { path, cache: 'near', ...answerOf(answer) } })
    await db.askedPath.create({ data: { path, cache: 'far', ...answerOf({ presence: 'missing' }) } })
    await db.askedPath.create({ data: { path, cache: 'gone', ...answerOf({ presence: 'cached' }) } })
    expect((await explainOne(db, path)).verdict).toBe(verdict)
  })

  it('answers the first paths of a long list, what is to be built before what is to be fetched, and counts all', async () => {
    const db = await fresh()
    const many = (start: string) =>
      Array.from({ length: EXPLAIN_PATHS_MAX }, (_, at) => storePath(`${start}-${at}.drv`))
    const text = [
      `these 999 paths will be fetched (1 MiB download, 2 MiB unpacked):\n  ${many('fetched').join('\n  ')}`,
      `these 900 derivations will be built:\n  ${many('built').join('\n  ')}`,
      `error: ${storePath('named')} is no more`,
    ].join('\n')
    const answer = await explain(db, text)
    expect(answer).toMatchObject({ total: 1000, leftOut: 1, announced: { build: 900, fetch: 999 } })
    expect(answer.paths.map(({ path }) => path)).toEqual(many('built'))
    expect(answer.summary['not-in-set']).toBe(EXPLAIN_PATHS_MAX)
    expect((await explain(db, '')).paths).toEqual([])
  })
})

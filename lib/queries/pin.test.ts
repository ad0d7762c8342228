import { expect, it } from 'vitest'
import { NoPinSchema, PinSchema } from '@/lib/contract/pin'
import type { Db } from '@/lib/db/client'
import type { Presence } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readPin } from './pin'
import { addBuild, type BuildParts } from './testing/pin-rows'
import { addColumn, addEvaluation, type EvaluationParts, hour, queryConfig, revision, storePath } from './testing/rows'

const NOW = hour(100)
const config = queryConfig({
  packages: [
    { name: 'torch', attributes: ['torch'], headline: true },
    { name: 'jax', attributes: ['jax'], headline: true },
    { name: 'blender', attributes: ['blender'] },
  ],
})

/** One output `out` of which the first cache says this, asked an hour ago unless told. */
const out = (presence: Presence, checkedAt = hour(99.5)) => ({ out: { near: { presence, checkedAt } } })
const CACHED = { outputs: out('cached') }
const EVICTED = { outputs: out('evicted') }

type Builds = Readonly<Record<string, Partial<BuildParts>>>

describeOnBothDatabases('The pin of a branch', (fresh) => {
  /** Evaluations 1, 2, … of `nixos-unstable`, each with what it built. */
  async function branchOf(...evaluations: readonly (Builds | readonly [EvaluationParts, Builds])[]): Promise<Db> {
    const db = await fresh()
    let shown = 0
    for (const [index, given] of evaluations.entries()) {
      const [parts, builds] = Array.isArray(given) ? given : [{}, given]
      shown = await addEvaluation(db, index + 1, parts)
      for (const [row, build] of Object.entries<Partial<BuildParts>>(builds)) {
        await addBuild(db, { evaluationId: shown, row, ...build })
      }
    }
    await addColumn(db, shown)
    return db
  }

  const read = (db: Db, packages: string[] = [], branch = 'nixos-unstable') =>
    readPin({ branch, package: packages }, NOW, { db, config })

  async function pinOf(db: Db, packages: string[] = []) {
    const answer = await read(db, packages)
    if (answer.kind !== 'pin') throw new Error(`no pin: ${JSON.stringify(answer)}`)
    return PinSchema.parse(answer.pin)
  }

  async function noPinOf(db: Db, packages: string[] = []) {
    const answer = await read(db, packages)
    if (answer.kind !== 'none') throw new Error(`not none: ${answer.kind}`)
    return NoPinSchema.parse(answer.none)
  }

  it('is the newest revision on which all packages are ready, with what it stands on', async () => {
    const db = await branchOf(
      { torch: CACHED, jax: CACHED },
      { torch: CACHED, jax: CACHED },
      { torch: EVICTED, jax: CACHED },
    )
    const pin = await pinOf(db, ['torch', 'jax'])
    expect(pin).toMatchObject({
      branch: 'nixos-unstable',
      packages: ['torch', 'jax'],
      revision: revision(2),
      date: hour(0).toISOString(),
      evaluation: { id: 'nixos-unstable 2', index: 2 },
      behind: { evaluations: 1, days: 1 / 24 },
      checks: { oldestAt: hour(99.5).toISOString(), fresh: true, recheckMinutes: 60 },
      size: { fileBytes: 80, narBytes: 200 },
      unread: 0,
      silentCaches: [],
    })
    expect(pin.outputs).toMatchObject([
      { package: 'torch', name: 'out', presence: 'cached', cache: 'near', fresh: true, fileSize: 40, narSize: 100 },
      { package: 'jax', path: storePath('jax-2-out') },
    ])
    expect(pin.blocked).toMatchObject([
      { name: 'torch', revisions: 1, blocks: [{ word: 'built, evicted', since: { evaluation: 'nixos-unstable 3' } }] },
    ])
    expect(pin.snippets.flake).toContain(`github:NixOS/nixpkgs/${revision(2)}`)
    expect(pin.links.archive).toBe(`https://github.com/NixOS/nixpkgs/archive/${revision(2)}.tar.gz`)
  })

  it('is of the headline packages unless told, and of a branch by its ref too', async () => {
    const db = await branchOf({ torch: CACHED, jax: CACHED, blender: EVICTED })
    expect((await pinOf(db)).packages).toEqual(['torch', 'jax'])
    await db.feed.updateMany({ data: { ref: 'nixos-24.05' } })
    await db.evaluation.updateMany({ data: { ref: 'nixos-24.05' } })
    const answer = await read(db, ['torch', 'torch'], 'nixos-24.05')
    expect(answer).toMatchObject({ kind: 'pin', pin: { branch: 'nixos-unstable', packages: ['torch'] } })
    expect(answer.kind === 'pin' && answer.pin.snippets.npins).toContain('--branch nixos-24.05 --at')
  })

  it.each([
    ['whose build failed', { status: 'failed' }],
    ['whose success comes of swapping', { judgement: 'must-fail' }],
    [
      'that lacks an output that users download',
      { outputs: { ...out('cached'), dev: { near: { presence: 'missing', checkedAt: NOW } } } },
    ],
    ['of which no output is known', { outputs: {} }],
    ['whose narinfo is not trusted', { outputs: out('untrusted') }],
    ['whose cache does not answer', { outputs: out('unreachable') }],
    ['that is made by another attribute of the row alone', { role: 1 }],
  ] as const)('is never a revision %s', async (_, parts) => {
    const db = await branchOf({ torch: CACHED }, { torch: { ...CACHED, ...parts } })
    expect((await pinOf(db, ['torch'])).revision).toBe(revision(1))
  })

  it('needs no output that nobody downloads, and takes the best of the caches', async () => {
    const outputs = {
      out: { near: { presence: 'missing', checkedAt: hour(99.9) }, far: { presence: 'cached', checkedAt: hour(99) } },
      doc: { near: { presence: 'missing', checkedAt: NOW } },
    } as const
    const pin = await pinOf(await branchOf({ torch: { outputs } }), ['torch'])
    expect(pin.outputs).toMatchObject([{ name: 'out', cache: 'far', checkedAt: hour(99).toISOString() }])
  })

  it('says that checks are old instead of hiding it', async () => {
    const db = await branchOf({ torch: { outputs: out('cached', hour(98)) }, jax: CACHED })
    const pin = await pinOf(db)
    expect(pin.checks).toMatchObject({ fresh: false, oldestAt: hour(98).toISOString() })
    expect(pin.details.map(({ name, fresh: isFresh }) => [name, isFresh])).toEqual([
      ['torch', false],
      ['jax', true],
    ])
  })

  it('does not stand on what a cache said before it fell silent', async () => {
    const db = await branchOf({ torch: CACHED }, { torch: CACHED })
    await db.cacheState.create({
      data: { cache: 'near', isAlive: false, reason: 'HTTP 403', checkedMs: BigInt(hour(99.8).getTime()) },
    })
    expect(await noPinOf(db, ['torch'])).toMatchObject({
      blocked: [{ name: 'torch', blocks: [{ word: 'built, cache unknown', presence: 'unreachable', revisions: 2 }] }],
      silentCaches: [{ id: 'near', reason: 'HTTP 403' }],
      checks: { oldestAt: null, fresh: false },
      best: null,
    })
    await db.presence.updateMany({ data: { cache: 'far' } })
    expect((await pinOf(db, ['torch'])).outputs).toMatchObject([{ cache: 'far' }])
  })

  it('leaves out what was superseded or cancelled, has no revision, or is of another ref', async () => {
    const db = await branchOf(
      { torch: CACHED },
      [{ ref: 'elsewhere' }, { torch: CACHED }],
      { torch: CACHED },
      [{ state: 'cancelled' }, { torch: CACHED }],
      [{ nixpkgsRevision: null }, { torch: CACHED }],
      [{ state: 'running', finishedAt: null }, { torch: CACHED }],
    )
    await db.evaluation.updateMany({ where: { number: 3 }, data: { isSuperseded: true } })
    expect(await pinOf(db, ['torch'])).toMatchObject({ revision: revision(1), behind: { evaluations: 1 }, unread: 1 })
  })

  it('finds a package under the name that its row had then', async () => {
    const db = await branchOf({ torch: { ...CACHED, attribute: 'python39Packages.pytorch' } }, { torch: EVICTED })
    const pin = await pinOf(db, ['torch'])
    expect(pin.details).toMatchObject([{ nixpkgsAttribute: 'python39Packages.pytorch' }])
    expect(pin.snippets.fetchTarball).toContain('pkgs.python39Packages.pytorch')
  })

  it('warns of a variant that the snippets do not choose', async () => {
    const db = await branchOf({ torch: { ...CACHED, variant: 'openmpi' } })
    expect((await pinOf(db, ['torch'])).notes).toEqual([expect.stringContaining('variant openmpi')])
  })

  it('is found however far back it lies', async () => {
    const blocked = Array.from({ length: 40 }, (): Builds => ({ torch: { build: 'one', ...EVICTED } }))
    const pin = await pinOf(await branchOf({ torch: CACHED }, ...blocked), ['torch'])
    expect(pin).toMatchObject({ revision: revision(1), behind: { evaluations: 40 } })
    expect(pin.blocked).toMatchObject([{ revisions: 40, blocks: [{ revisions: 40 }] }])
  })

  it('tells where there is none who blocks, since when, and the best revision without', async () => {
    const broken = { jax: { status: 'dependency-failed', cause: 'python3.11-jaxlib-0.4.28' } } as const
    const db = await branchOf(
      { jax: CACHED },
      { torch: CACHED, ...broken },
      { torch: CACHED, ...broken },
      { torch: EVICTED, ...broken },
    )
    expect(await noPinOf(db)).toMatchObject({
      status: 404,
      title: 'No evaluated revision of nixos-unstable has torch and jax ready now',
      detail: 'jax: blocked by jaxlib since 2026-11-20.',
      revisions: 4,
      checks: null,
      blocked: [
        {
          name: 'jax',
          revisions: 3,
          blocks: [{ word: 'blocked by jaxlib', revisions: 3, since: { nixpkgsRevision: revision(2) } }],
          lastReady: { nixpkgsRevision: revision(1) },
        },
        { name: 'torch', blocks: [{ word: 'built, evicted' }, { word: 'not in this set' }] },
      ],
      best: {
        packages: ['torch'],
        without: ['jax'],
        revision: revision(3),
        behind: { evaluations: 1 },
        checks: { fresh: true },
      },
    })
  })

  it('takes a build that keeps failing for one stretch, whatever caches say of its outputs', async () => {
    const failed = { status: 'failed' } as const
    const db = await branchOf({ torch: failed }, { torch: { ...failed, outputs: out('missing') } }, { torch: failed })
    expect(await noPinOf(db, ['torch'])).toMatchObject({ blocked: [{ blocks: [{ word: 'failed', revisions: 3 }] }] })
  })

  it('counts an evaluation that failed as a whole against every package', async () => {
    const db = await branchOf({ torch: CACHED }, [{ state: 'failed', error: 'syntax error' }, {}])
    const pin = await pinOf(db, ['torch'])
    expect(pin).toMatchObject({ revision: revision(1), behind: { evaluations: 1 }, unread: 0 })
    expect(pin.blocked).toMatchObject([{ name: 'torch', blocks: [{ word: 'does not evaluate' }] }])
  })

  it('says that nothing was evaluated yet, and what is not known', async () => {
    const db = await fresh()
    expect(await noPinOf(db)).toMatchObject({ title: 'nixos-unstable has no finished evaluation yet', best: null })
    expect(await read(db, ['no\0such'])).toMatchObject({ kind: 'refused', parameter: 'package' })
    expect(await read(db, [], 'no-such')).toMatchObject({
      kind: 'refused',
      parameter: 'branch',
      title: 'There is no branch no-such; there are nixos-unstable, master, release',
    })
    const nothing = await readPin({ branch: 'master', package: [] }, NOW, { db, config: queryConfig() })
    expect(nothing).toMatchObject({ kind: 'refused', title: 'Name at least one package; /api/v1/packages lists them' })
  })
})

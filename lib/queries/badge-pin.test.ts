import { expect, it } from 'vitest'
import type { BadgeAsked } from '@/lib/contract/badge'
import type { Db } from '@/lib/db/client'
import type { Presence } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readBadge } from './badge'
import { addBuild } from './testing/pin-rows'
import { addColumn, addEvaluation, hour, queryConfig, revision } from './testing/rows'

const torch = { name: 'torch', attributes: ['torch'], headline: true }
const config = queryConfig({ packages: [torch] })
const NOW = hour(72)

describeOnBothDatabases('The badge of a pin', (fresh) => {
  /** Two evaluations at hours 70 and 71 of nixpkgs of two hours before; what the first cache says of torch in each. */
  async function setUp(...presences: readonly Presence[]): Promise<Db> {
    const db = await fresh()
    await db.sourceState.create({ data: { source: 'ci', readMs: NOW.getTime() } })
    let shown = 0
    for (const [index, presence] of presences.entries()) {
      shown = await addEvaluation(db, 70 + index)
      await addBuild(db, {
        evaluationId: shown,
        row: 'torch',
        outputs: { out: { near: { presence, checkedAt: NOW } } },
      })
    }
    await addColumn(db, shown)
    return db
  }

  const ask = (db: Db, more: Partial<Extract<BadgeAsked, { kind: 'pin' }>> = {}, now = NOW) =>
    readBadge({ kind: 'pin', branch: 'nixos-unstable', packages: ['torch'], ...more }, now, { db, config })

  it('names the revision that can be pinned, and its age', async () => {
    const db = await setUp('cached', 'evicted')
    const message = `cached at ${revision(70).slice(0, 7)}, 4 h old`
    const expected = { label: 'torch on nixos-unstable', message, tone: 'good', isError: false }
    expect(await ask(db)).toMatchObject(expected)
    expect(await ask(db, { packages: [] })).toMatchObject({ ...expected, label: 'headline packages on nixos-unstable' })
    await db.evaluation.updateMany({ data: { ref: 'nixos-26.05' } })
    await db.feed.updateMany({ data: { ref: 'nixos-26.05' } })
    expect(await ask(db, { branch: 'nixos-26.05' })).toMatchObject({ message, label: 'torch on nixos-26.05' })
  })

  it('is not green where the pin is far behind, and grey where all is old', async () => {
    const db = await setUp('cached', 'missing')
    await db.evaluation.updateMany({ where: { number: 70 }, data: { nixpkgsDateMs: hour(70 - 20 * 24).getTime() } })
    expect(await ask(db)).toMatchObject({ message: expect.stringMatching(/, 20 d old$/), tone: 'part' })
    expect(await ask(db, {}, hour(71 + 5 * 24))).toMatchObject({
      message: expect.stringMatching(/^cached at [0-9a-f]{7}, stale 5 d$/),
      tone: 'idle',
    })
  })

  it('says that there is none, what does not exist, and what was not said', async () => {
    const db = await setUp('missing')
    const many = Array.from({ length: 101 }, (_, index) => `p${index}`)
    expect(await ask(db)).toMatchObject({ message: 'no cached revision', tone: 'part', isError: false })
    expect(await ask(db, { packages: ['none'] })).toMatchObject({
      message: 'no such package',
      tone: 'idle',
      isError: true,
    })
    expect(await ask(db, { branch: 'none' })).toMatchObject({ message: 'no such branch', tone: 'idle', isError: true })
    expect(await ask(db, { branch: null })).toMatchObject({ message: 'no branch given', tone: 'idle', isError: true })
    expect(await ask(db, { packages: many })).toMatchObject({
      ...{ label: '101 packages on nixos-unstable', message: 'too many packages', tone: 'idle' },
    })
    expect(await ask(await fresh(), { packages: ['any'] })).toMatchObject({ message: 'no data', tone: 'idle' })
  })
})

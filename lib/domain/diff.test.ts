import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, changeOf, type DiffAttribute, type DiffSide, diffEvaluations } from './diff'
import { healthOf, STATUSES, type Status } from './status'

const MIRROR: Record<Change, Change> = {
  'newly-failing': 'newly-fixed',
  'newly-fixed': 'newly-failing',
  'still-failing': 'still-failing',
  'still-succeeding': 'still-succeeding',
  added: 'removed',
  removed: 'added',
  undecided: 'undecided',
}

const status = fc.constantFrom(...STATUSES.filter((word) => word !== 'absent'))
const side: fc.Arbitrary<DiffSide<DiffAttribute>> = fc.record({
  isComplete: fc.boolean(),
  attributes: fc
    .uniqueArray(
      fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), set: fc.constantFrom('39', '310', ''), status }),
      { selector: ({ name, set }) => `${set} ${name}` },
    )
    .map((list) =>
      list.map(({ name, set, status: word }) => attributeOf(set === '' ? name : `python${set}Packages.${name}`, word)),
    ),
})

function attributeOf(path: string, word: Status, more: Partial<DiffAttribute> = {}): DiffAttribute {
  return { attribute: path, package: path, row: path, system: null, variant: null, status: word, ...more }
}

function sideOf(attributes: DiffAttribute[], isComplete = true): DiffSide<DiffAttribute> {
  return { attributes, isComplete }
}

describe('changeOf', () => {
  const decidedOrAbsent = fc.constantFrom(
    ...STATUSES.filter((word) => word === 'absent' || healthOf(word) !== 'undecided'),
  )

  it('mirrors when the sides are swapped, wherever both are decided or absent', () => {
    fc.assert(
      fc.property(decidedOrAbsent, decidedOrAbsent, (before, after) => {
        expect(changeOf(after, before)).toBe(MIRROR[changeOf(before, after)])
      }),
    )
  })

  it('never hides a broken side behind an unfinished one', () => {
    expect(changeOf('building', 'failed')).toBe('newly-failing')
    expect(changeOf('cancelled', 'dependency-failed')).toBe('newly-failing')
    expect(changeOf('failed', 'queued')).toBe('still-failing')
    expect(changeOf('succeeded', 'building')).toBe('undecided')
    expect(changeOf('unknown', 'succeeded')).toBe('undecided')
  })
})

describe('diffEvaluations', () => {
  it('finds no change of an evaluation against itself', () => {
    fc.assert(
      fc.property(side, (same) => {
        const changes = diffEvaluations(same, same).map(({ change }) => change)
        expect(
          changes.filter((change) => !['still-failing', 'still-succeeding', 'undecided'].includes(change)),
        ).toEqual([])
      }),
    )
  })

  it('puts every attribute of either side into exactly one pair', () => {
    fc.assert(
      fc.property(side, side, (from, to) => {
        const pairs = diffEvaluations(from, to)
        const before = pairs.flatMap((pair) => pair.before ?? [])
        const after = pairs.flatMap((pair) => pair.after ?? [])
        expect(new Set(before)).toEqual(new Set(from.attributes))
        expect(before).toHaveLength(from.attributes.length)
        expect(new Set(after)).toEqual(new Set(to.attributes))
        expect(after).toHaveLength(to.attributes.length)
      }),
    )
  })

  it('speaks of added and removed only between complete evaluations', () => {
    fc.assert(
      fc.property(side, side, (from, to) => {
        const changes = new Set(diffEvaluations(from, to).map(({ change }) => change))
        if (!from.isComplete) expect(changes).not.toContain('added')
        if (!to.isComplete) expect(changes).not.toContain('removed')
      }),
    )
  })

  it('calls what an incomplete evaluation lost newly failing, not removed', () => {
    const [pair] = diffEvaluations(sideOf([attributeOf('blender', 'succeeded')]), sideOf([], false))
    expect(pair?.change).toBe('newly-failing')
  })

  it('reads a renamed layout as the same package', () => {
    const from = sideOf([attributeOf('checks.x.blender', 'succeeded', { package: 'blender', row: 'blender' })])
    const to = sideOf([
      attributeOf('defaultChecks.x.basic_blender', 'failed', { package: 'blender', row: 'blender', variant: 'basic' }),
    ])
    expect(diffEvaluations(from, to).map(({ change }) => change)).toEqual(['newly-failing'])
  })

  it('reads python39 to python310, and pytorch to torch, as one package', () => {
    const from = sideOf([
      attributeOf('python39Packages.numpy', 'succeeded'),
      attributeOf('python39Packages.pytorch', 'failed', { row: 'pytorch' }),
    ])
    const to = sideOf([
      attributeOf('python310Packages.torch', 'succeeded', { row: 'pytorch' }),
      attributeOf('python310Packages.numpy', 'succeeded'),
    ])
    expect(
      diffEvaluations(from, to)
        .map(({ change }) => change)
        .sort(),
    ).toEqual(['newly-fixed', 'still-succeeding'])
  })
})

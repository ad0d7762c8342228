import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellCandidate, compareCandidates, rowOf } from './package-row'

const listed = [
  { name: 'pytorch', attributes: ['python3Packages.torch', 'python3*Packages.pytorch'] },
  { name: 'tensorflow', attributes: ['python3*Packages.tensorflowWithCuda', 'python3*Packages.tensorflow'] },
  { name: 'blender', attributes: ['blender'] },
]

/** Package paths in the order in which they would make the cell; all of one variant, standing as given. */
function ranked(...paths: string[]): string[] {
  return paths
    .map((path, position) => ({ path, ...rowOf(path, listed), variant: 'basic', position }))
    .sort(compareCandidates)
    .map(({ path }) => path)
}

describe('rowOf', () => {
  it('gives a listed package all that its globs match, over the years', () => {
    for (const path of ['python3Packages.torch', 'python39Packages.pytorch', 'python310Packages.pytorch']) {
      expect(rowOf(path, listed).row).toBe('pytorch')
    }
    expect(rowOf('blender', listed).row).toBe('blender')
  })

  it('gives anything else a row of its own, named by its path', () => {
    expect(rowOf('python39Packages.pytorch-lightning', listed).row).toBe('python39Packages.pytorch-lightning')
    expect(rowOf('python2Packages.pytorch', listed).row).toBe('python2Packages.pytorch')
  })

  it('keeps * within one name of the path', () => {
    expect(rowOf('blenderPlugins.x', [{ name: 'b', attributes: ['blender*'] }]).row).toBe('blenderPlugins.x')
    expect(rowOf('python3.a.Packages.pytorch', listed).row).toBe('python3.a.Packages.pytorch')
    expect(rowOf('"python3.x.Packages".pytorch', listed).row).toBe('pytorch')
  })

  it('lets a path that is the name of a listed package join its row, behind what the package owns', () => {
    expect(rowOf('pytorch', listed).row).toBe('pytorch')
    expect(ranked('pytorch', 'python39Packages.pytorch')).toEqual(['python39Packages.pytorch', 'pytorch'])
  })

  it('gives an attribute that two packages claim to the first of them', () => {
    const two = [
      { name: 'first', attributes: ['x*'] },
      { name: 'second', attributes: ['xy'] },
    ]
    expect(rowOf('xy', two).row).toBe('first')
  })
})

describe('compareCandidates', () => {
  it('puts the order of the globs first', () => {
    expect(ranked('python310Packages.pytorch', 'python3Packages.torch')[0]).toBe('python3Packages.torch')
    expect(ranked('python310Packages.tensorflow', 'python39Packages.tensorflowWithCuda')[0]).toBe(
      'python39Packages.tensorflowWithCuda',
    )
  })

  it('prefers the newest package set that one glob matches, in version order', () => {
    const sets = ['python3Packages', 'python39Packages', 'python310Packages', 'python313FreeThreadingPackages']
    expect(ranked(...[...sets, 'python313Packages'].map((set) => `${set}.pytorch`))).toEqual([
      'python313Packages.pytorch',
      'python313FreeThreadingPackages.pytorch',
      'python310Packages.pytorch',
      'python39Packages.pytorch',
      'python3Packages.pytorch',
    ])
  })

  it('knows versions of sets that are spelled with _ or stand deeper in the path', () => {
    const byVersion = (...sets: string[]) =>
      sets
        .map((set, position) => ({ set, rank: [0, set] as const, variant: null, position }))
        .sort(compareCandidates)
        .map(({ set }) => set)
    expect(byVersion('cudaPackages', 'cudaPackages_11_5', 'cudaPackages_12', 'cudaPackages_11_10')).toEqual([
      'cudaPackages_12',
      'cudaPackages_11_10',
      'cudaPackages_11_5',
      'cudaPackages',
    ])
    expect(byVersion('haskell.packages.ghc902', 'haskell.packages.ghc924')[0]).toBe('haskell.packages.ghc924')
  })

  it('prefers basic, then the variant that stands first in the evaluation', () => {
    const rank = [0, ''] as const
    const variants = ['openmpi', 'intel', 'basic', 'mpich', null]
    const order = variants
      .map((variant, position): CellCandidate => ({ rank, variant, position }))
      .sort(compareCandidates)
      .map(({ variant }) => variant)
    expect(order).toEqual(['basic', 'openmpi', 'intel', 'mpich', null])
  })

  it('is an order: it turns around with its sides, and never contradicts itself', () => {
    const set = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '3', '9', '1', '0', '_', 'P') }),
      fc.constantFrom('', 'python3Packages', 'python39Packages', 'python310Packages', 'cudaPackages_11_5'),
    )
    const candidate: fc.Arbitrary<CellCandidate> = fc.record({
      rank: fc.tuple(fc.nat(1), set),
      variant: fc.constantFrom('basic', 'intel', null),
      position: fc.nat(3),
    })
    fc.assert(
      fc.property(candidate, candidate, candidate, (a, b, c) => {
        expect(Math.sign(compareCandidates(a, b)) + Math.sign(compareCandidates(b, a))).toBe(0)
        fc.pre(compareCandidates(a, b) <= 0 && compareCandidates(b, c) <= 0)
        expect(compareCandidates(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('decides between any two candidates, the same way from whatever order', () => {
    const set = fc.constantFrom('', 'python3Packages', 'python39Packages', 'python310Packages', 'cudaPackages_11_5')
    const candidates = fc.array(fc.tuple(fc.nat(2), set, fc.constantFrom('basic', 'intel', null)), { maxLength: 12 })
    fc.assert(
      fc.property(candidates, (specs) => {
        const list = specs.map(
          ([glob, name, variant], position): CellCandidate => ({ rank: [glob, name], variant, position }),
        )
        expect(list.toReversed().sort(compareCandidates)).toEqual(list.toSorted(compareCandidates))
      }),
    )
  })
})

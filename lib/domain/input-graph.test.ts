import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedInputs, type InputGraph, inputsOf } from './input-graph'

const node = fc.integer({ min: 0, max: 12 }).map((number) => `/nix/store/${'0'.repeat(32)}-n${number}-1.drv`)
const graph: fc.Arbitrary<InputGraph> = fc
  .array(fc.tuple(node, fc.array(node, { maxLength: 4 })), { maxLength: 13 })
  .map((entries) => new Map(entries))

function pathOf(digest: string, name: string): string {
  return `/nix/store/${digest.repeat(32)}-${name}.drv`
}

describe('inputsOf', () => {
  it('names each reachable input once, at the length of a shortest way, cycles or not', () => {
    fc.assert(
      fc.property(graph, node, (inputs, start) => {
        const found = inputsOf(start, inputs)
        const distances = new Map([[start, 0], ...found.map((one) => [one.derivation, one.distance] as const)])
        expect(new Set(found.map(({ derivation }) => derivation)).size).toBe(found.length)
        for (const { derivation, distance } of found) {
          const ways = [...distances].filter(([path]) => inputs.get(path)?.includes(derivation)).map(([, at]) => at)
          expect(Math.min(...ways)).toBe(distance - 1)
        }
      }),
    )
  })
})

describe('changedInputs', () => {
  it('finds nothing between a derivation and itself', () => {
    fc.assert(
      fc.property(graph, node, (inputs, start) => {
        expect(changedInputs(start, start, inputs)).toEqual([])
      }),
    )
  })

  it('keeps only what the good build did not have', () => {
    fc.assert(
      fc.property(graph, node, node, (inputs, bad, good) => {
        const before = inputsOf(good, inputs).map(({ derivation }) => derivation)
        for (const { derivation } of changedInputs(bad, good, inputs)) expect(before).not.toContain(derivation)
      }),
    )
  })

  it('tells by how many steps a changed input is away', () => {
    const [bad, good] = [pathOf('a', 'magma-2.7.2'), pathOf('b', 'magma-2.7.2')]
    const [cuda, oldCuda, blas, gcc] = [
      pathOf('a', 'cuda-12.3'),
      pathOf('b', 'cuda-12.2'),
      pathOf('c', 'blas-3'),
      pathOf('d', 'gcc-13'),
    ]
    const inputs = new Map([
      [bad, [cuda, blas]],
      [good, [oldCuda, blas]],
      [cuda, [gcc]],
    ])
    expect(changedInputs(bad, good, inputs)).toEqual([
      { derivation: cuda, name: 'cuda', distance: 1 },
      { derivation: gcc, name: 'gcc', distance: 2 },
    ])
  })
})

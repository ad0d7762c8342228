import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellFacts, cellWord, MARKS } from './cell-word'
import { PRESENCES } from './presence'
import { STATUSES } from './status'

function cell(rest: Partial<CellFacts>): CellFacts {
  return { status: 'succeeded', isReady: false, presence: 'unchecked', cause: null, ...rest }
}

const facts = fc.record({
  status: fc.constantFrom(...STATUSES),
  isReady: fc.boolean(),
  presence: fc.constantFrom(...PRESENCES),
  cause: fc.option(fc.string()),
})

describe('cellWord', () => {
  it.each([
    [cell({ isReady: true, presence: 'cached' }), 'ready', 'ready'],
    [cell({ presence: 'missing' }), 'built-not-cached', 'built, not cached'],
    [cell({ presence: 'evicted' }), 'built-evicted', 'built, evicted'],
    [cell({ presence: 'untrusted' }), 'built-untrusted', 'built, untrusted cache'],
    [cell({ presence: 'unreachable' }), 'built-unknown', 'built, cache unknown'],
    [cell({ presence: 'unchecked' }), 'built-unknown', 'built, cache unknown'],
    [cell({ status: 'failed' }), 'failed', 'failed'],
    [cell({ status: 'dependency-failed', cause: 'magma' }), 'blocked', 'blocked by magma'],
    [cell({ status: 'dependency-failed' }), 'blocked', 'blocked by a dependency'],
    [cell({ status: 'timed-out' }), 'timed-out', 'timed out'],
    [cell({ status: 'evaluation-failed' }), 'evaluation-failed', 'does not evaluate'],
    [cell({ status: 'building' }), 'building', 'building'],
    [cell({ status: 'queued' }), 'queued', 'queued'],
    [cell({ status: 'cancelled' }), 'cancelled', 'cancelled'],
    [cell({ status: 'unknown' }), 'unknown', 'unknown'],
    [cell({ status: 'absent' }), 'absent', 'not in this set'],
  ])('says of %j: %s', (one, mark, word) => {
    expect(cellWord(one)).toEqual({ mark, word })
  })

  it('says ready of nothing that is not, not even where every output is cached', () => {
    expect(cellWord(cell({ presence: 'cached' }))).toEqual({ mark: 'built-unknown', word: 'built' })
    fc.assert(
      fc.property(facts, (one) => {
        const { mark, word } = cellWord(one)
        expect(mark === 'ready').toBe(one.isReady && one.status === 'succeeded')
        expect(word === 'ready').toBe(mark === 'ready')
        expect(MARKS).toContain(mark)
      }),
    )
  })
})

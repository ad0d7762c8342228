import { describe, expect, it } from 'vitest'
import { cellState, ownVersion } from './cell-state'
import { NOW, sampleBranch, sampleCell, sampleEvaluation } from './sample-cells'

const fresh = sampleBranch()
const stale = sampleBranch({ freshness: 'stale', evaluation: sampleEvaluation({ finishedAt: '2026-11-18T11:00:00Z' }) })
const never = sampleBranch({ freshness: 'never', evaluation: null })

describe('cellState', () => {
  it('says ready, and for how long, of a cell that is', () => {
    expect(cellState(sampleCell(), fresh, NOW)).toMatchObject({
      mark: 'ready',
      word: 'ready',
      age: '3 d',
      isStale: false,
    })
  })

  it('names the root cause of a blocked cell without its version', () => {
    const cell = sampleCell({
      status: 'dependency-failed',
      ready: false,
      rootCauses: [{ derivation: null, name: 'magma-2.6.2', status: 'failed' }],
    })
    expect(cellState(cell, fresh, NOW).word).toBe('blocked by magma')
  })

  it('gives an old cell its age for a word, and keeps what it was', () => {
    expect(cellState(sampleCell(), stale, NOW)).toMatchObject({
      word: '5 d old',
      full: '5 d old, was ready',
      isStale: true,
    })
  })

  it('takes the age of the evaluation that decided the cell, where it is not the column’s', () => {
    const cell = sampleCell({ from: sampleEvaluation({ finishedAt: '2026-11-13T12:00:00Z' }) })
    expect(cellState(cell, stale, NOW).word).toBe('10 d old')
  })

  it('tells a hole in an evaluated column from a column without data', () => {
    expect(cellState(undefined, fresh, NOW)).toMatchObject({ mark: 'absent', word: 'not in this set' })
    expect(cellState(undefined, stale, NOW)).toMatchObject({ mark: 'absent', isStale: false })
    expect(cellState(undefined, never, NOW)).toMatchObject({ mark: 'unknown', word: 'no data' })
  })
})

it('shows a version only where it is another than the row’s', () => {
  expect(ownVersion(sampleCell(), '1.11.0')).toBeNull()
  expect(ownVersion(sampleCell({ version: '1.10.2' }), '1.11.0')).toBe('1.10.2')
  expect(ownVersion(undefined, '1.11.0')).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { sampleCell, sampleRow } from '@/components/sample-cells'
import { changedCells } from './changed-cells'

const before = [sampleRow({ master: sampleCell(), unstable: sampleCell() })]

describe('changedCells', () => {
  it('names the branch whose cell says something else', () => {
    const after = [sampleRow({ master: sampleCell({ status: 'failed', ready: false }), unstable: sampleCell() })]
    expect(changedCells(before, after)).toEqual(new Map([['pytorch', new Set(['master'])]]))
  })

  it('counts a cell that came or went', () => {
    expect(changedCells(before, [sampleRow({ master: sampleCell() })]).get('pytorch')).toEqual(new Set(['unstable']))
  })

  it('takes neither new rows nor mere ages for changes', () => {
    const older = sampleCell({ since: { evaluation: '6', at: '2026-11-22T12:00:00Z' } })
    const after = [sampleRow({ master: older, unstable: older }), sampleRow({ master: older }, { name: 'jax' })]
    expect(changedCells(before, after)).toEqual(new Map())
  })
})

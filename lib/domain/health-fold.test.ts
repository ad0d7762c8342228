import { describe, expect, it } from 'vitest'
import type { SeenCell } from './row-health'
import { cause, cellOf, evaluationOf, historyOf, judge, linesOf, type Rows, type Word } from './testing/told-health'

describe('What is told of a branch', () => {
  it('is one breakage for all that one cause breaks, and one repair', () => {
    const told = judge(
      historyOf({ torch: 'good', jax: 'good' }, { torch: ['magma'], jax: ['magma'] }, { torch: 'good', jax: 'good' }),
    )
    expect(linesOf(told)).toEqual(['broke magma: jax torch @2', 'fixed magma: jax torch @3'])
    expect(told.changes[0]).toMatchObject({ before: 1, at: { atMs: 2_000 } })
    expect(told.state.breakages).toEqual([])
  })

  it('begins with what is broken already, and knows of nothing before', () => {
    const told = judge(historyOf({ torch: ['magma'] }))
    expect(linesOf(told)).toEqual(['broke magma: torch @1'])
    expect(told.changes[0]?.before).toBeNull()
  })

  it('calls nothing fixed that another cause breaks now', () => {
    const moved = historyOf({ torch: 'good' }, { torch: ['magma'] }, { torch: ['cudnn'] })
    expect(linesOf(judge(moved))).toEqual(['broke magma: torch @2', 'broke cudnn: torch @3'])
    const repaired = [...moved, evaluationOf({ torch: 'good' }, 4)]
    expect(linesOf(judge(repaired)).slice(2)).toEqual(['fixed magma: torch @4', 'fixed cudnn: torch @4'])
  })

  it('names what other causes still break when a cause is gone', () => {
    const told = judge(historyOf({ torch: ['magma'], jax: ['magma'] }, { torch: 'good', jax: ['cudnn'] }))
    expect(linesOf(told)).toEqual(['broke magma: jax torch @1', 'fixed magma: torch -jax @2', 'broke cudnn: jax @2'])
    expect(told.state.breakages.map(({ row, cause: { key } }) => [row, key])).toEqual([['jax', 'cudnn']])
  })

  it('tells what a cause breaks later, and what it lets go of, beside the rest that it breaks', () => {
    const told = judge(
      historyOf(
        { torch: ['magma'], jax: 'good' },
        { torch: ['magma'], jax: ['magma'] },
        { torch: 'good', jax: ['magma'] },
      ),
    )
    expect(linesOf(told)).toEqual(['broke magma: torch @1', 'broke magma: jax +torch @2', 'fixed magma: torch +jax @3'])
  })

  it('tells that a package builds again with the cause that is gone, not with one that goes on', () => {
    const told = judge(
      historyOf(
        { torch: ['magma'], jax: ['magma', 'jax'] },
        { torch: ['magma'], jax: 'good' },
        { torch: 'good', jax: 'good' },
      ),
    )
    expect(linesOf(told).slice(2)).toEqual(['fixed jax: jax @2', 'fixed magma: torch @3'])
  })

  it('says nothing because of what is unfinished, unexplained or not tried', () => {
    const broken = historyOf({ torch: ['magma'] })
    const error = cause('error: syntax', 'evaluation')
    const told = judge([
      ...broken,
      evaluationOf({ torch: 'building' }, 2),
      evaluationOf({ torch: 'unexplained' }, 3),
      evaluationOf({}, 4, { isComplete: false, error }),
      evaluationOf({}, 5, { isComplete: false }),
    ])
    expect(linesOf(told)).toEqual(['broke magma: torch @1', 'broke error: syntax: torch @4'])
  })

  it('is one breakage when an evaluation fails as a whole, also as the first one', () => {
    const failed = { isComplete: false, error: cause('error: syntax', 'evaluation'), listed: ['torch', 'jax'] }
    const told = judge([evaluationOf({}, 1, failed), evaluationOf({ torch: 'good', jax: 'good', blender: 'good' }, 2)])
    expect(linesOf(told)).toEqual(['broke error: syntax: jax torch @1', 'fixed error: syntax: jax torch @2'])
  })

  it('forgets what is there no more, and tells it anew when it is back and broken', () => {
    const told = judge(historyOf({ torch: ['magma'] }, { jax: 'good' }, { jax: 'good', torch: ['magma'] }))
    expect(linesOf(told)).toEqual(['broke magma: torch @1', 'broke magma: torch @3'])
  })

  it('counts an evaluation once, however often it is judged, and tells what a retry has changed', () => {
    const first = evaluationOf({ torch: 'good' }, 1)
    const again = [first, evaluationOf({ torch: ['magma'] }, 2), evaluationOf({ torch: ['magma'] }, 2)]
    expect(linesOf(judge(again, 2))).toEqual([])
    const retried = [...again, evaluationOf({ torch: 'good' }, 2)]
    expect(linesOf(judge(retried))).toEqual(['broke magma: torch @2', 'fixed magma: torch @2'])
  })

  it('waits until a change has held, and tells it with the time at which it began', () => {
    const word = (isGood: boolean): Rows => ({ torch: isGood ? 'good' : ['magma'] })
    const flapping = historyOf(...[true, false, true, false, false, true].map(word))
    expect(linesOf(judge(flapping, 3))).toEqual([])
    const held = historyOf(...[true, false, false, false, true, false, true, true, true].map(word))
    expect(linesOf(judge(held, 3))).toEqual(['broke magma: torch @2', 'fixed magma: torch @7'])
  })

  it('takes the word of the first feed on what several build', () => {
    const second = { feed: 'other', above: ['ci'] }
    const told = judge([
      evaluationOf({ torch: 'good' }, 1),
      evaluationOf({ torch: ['magma'], blender: ['magma'] }, 2, second),
      evaluationOf({ torch: 'good' }, 3),
    ])
    expect(linesOf(told)).toEqual(['broke magma: blender @2'])
  })

  it('names what a cause breaks anew beside what it lets go of', () => {
    const told = judge(historyOf({ torch: ['magma'], jax: 'good' }, { torch: 'good', jax: ['magma'] }))
    expect(linesOf(told).slice(1)).toEqual(['fixed magma: torch +jax @2', 'broke magma: jax @2'])
  })

  it('calls nothing fixed while a cell that was broken is missing', () => {
    const cell = (lane: string, word: Word) => cellOf('torch', word).map((one) => ({ ...one, lane }))
    const partial = (number: number, cells: SeenCell[]) => evaluationOf({}, number, { cells, isComplete: false })
    const broken = evaluationOf({}, 1, { cells: [...cell('x86', 'good'), ...cell('arm', ['magma'])] })
    const repaired = evaluationOf({}, 4, { cells: [...cell('x86', 'good'), ...cell('arm', 'good')] })
    const missing = [broken, partial(2, cell('x86', 'good'))]
    expect(linesOf(judge([...missing, repaired]))).toEqual(['broke magma: torch @1', 'fixed magma: torch @4'])
    const other = [broken, partial(2, cell('x86', ['magma'])), partial(3, cell('x86', 'good'))]
    expect(linesOf(judge([...other, repaired]))).toEqual(['broke magma: torch @1', 'fixed magma: torch @4'])
    const dropped = judge([broken, evaluationOf({}, 2, { cells: cell('x86', 'good') })])
    expect(linesOf(dropped)).toEqual(['broke magma: torch @1'])
    expect(dropped.state.breakages).toEqual([])
  })

  it('knows the cells of a package repaired after an evaluation that failed as a whole', () => {
    const failed = { isComplete: false, error: cause('error: syntax', 'evaluation'), listed: ['torch'] }
    const cells = cellOf('torch', 'good').map((one) => ({ ...one, lane: 'x86' }))
    const told = judge([evaluationOf({}, 1, failed), evaluationOf({}, 2, { cells })])
    expect(linesOf(told)).toEqual(['broke error: syntax: torch @1', 'fixed error: syntax: torch @2'])
  })

  it('says of which cells of a package it speaks', () => {
    const cells: SeenCell[] = [
      { row: 'torch', lane: 'x86 basic', status: 'succeeded', causes: [] },
      { row: 'torch', lane: 'x86 cuda', status: 'failed', causes: [cause('torch')] },
    ]
    const [change] = judge([evaluationOf({}, 1, { cells })]).changes
    expect(change?.rows).toMatchObject([{ row: 'torch', isPartly: true, lanes: ['x86 cuda'] }])
  })
})

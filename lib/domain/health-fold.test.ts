import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HealthChange } from './health-changes'
import { emptyHealth, foldHealth, type HealthState, type SeenEvaluation } from './health-fold'
import type { SeenCause, SeenCell } from './row-health'
import type { Status } from './status'

const cause = (name: string, kind: SeenCause['kind'] = 'build'): SeenCause => ({
  ...{ key: name, kind, system: '', name: `${name}-1.0` },
  derivation: kind === 'build' ? `/nix/store/a-${name}-1.0.drv` : null,
  status: kind === 'build' ? 'failed' : 'evaluation-failed',
})

/** What a test writes for a row: good, undecided, gone, or the causes that break it. */
type Word = 'good' | 'building' | 'absent' | 'unexplained' | readonly string[]
type Rows = Readonly<Record<string, Word>>

function cellOf(row: string, word: Word): SeenCell[] {
  if (word === 'absent') return []
  const statuses: Record<string, Status> = { good: 'succeeded', building: 'building', unexplained: 'dependency-failed' }
  const isBroken = typeof word !== 'string'
  const status = isBroken ? 'dependency-failed' : (statuses[word] ?? 'unknown')
  return [{ row, lane: '', status, causes: isBroken ? word.map((name) => cause(name)) : [] }]
}

const evaluationOf = (rows: Rows, number: number, parts: Partial<SeenEvaluation> = {}): SeenEvaluation => ({
  ...{ evaluation: number, atMs: number * 1_000, feed: 'ci', above: [], isComplete: true, error: null, listed: [] },
  cells: Object.entries(rows).flatMap(([row, word]) => cellOf(row, word)),
  ...parts,
})

interface Told {
  readonly state: HealthState
  readonly changes: readonly HealthChange[]
}

function judge(history: readonly SeenEvaluation[], hold = 1, from: HealthState = emptyHealth): Told {
  let state = from
  const changes: HealthChange[] = []
  for (const evaluation of history) {
    const step = foldHealth(state, evaluation, hold)
    state = step.state
    changes.push(...step.changes)
  }
  return { state, changes }
}

const historyOf = (...rows: Rows[]) => rows.map((one, index) => evaluationOf(one, index + 1))

/** One line for each change, as `broke magma: torch jax @2`. */
function linesOf({ changes }: Told): string[] {
  return changes.map(({ kind, cause: { key }, rows, at, alsoBroken, stillBroken }) => {
    const others = [...alsoBroken.map((row) => `+${row}`), ...stillBroken.map((row) => `-${row}`)]
    return `${kind} ${key}: ${[...rows.map(({ row }) => row), ...others].join(' ')} @${at.evaluation}`
  })
}

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

const word = fc.oneof(
  fc.constantFrom<Word>('good', 'building', 'unexplained'),
  fc.subarray(['magma', 'cudnn', 'torch'], { minLength: 1 }),
)
const rows = fc.record({ torch: word, jax: word, blender: word })
const history = fc.array(rows, { maxLength: 12 }).map((list) => historyOf(...list))
const hold = fc.integer({ min: 0, max: 4 })

interface Reader {
  /** Rows with the causes that were told to break them and not to be over. */
  readonly broken: Set<string>
  /** Those of them whose row was told to build again, with another cause. */
  readonly implied: Set<string>
}

function follow({ broken, implied }: Reader, { kind, cause: own, rows: told, stillBroken }: HealthChange): void {
  for (const { row } of told) {
    const pair = `${row} ${own.key}`
    broken[kind === 'broke' ? 'add' : 'delete'](pair)
    const others = [...broken].filter((other) => other.startsWith(`${row} `))
    for (const other of kind === 'fixed' ? others : []) implied.add(other)
    if (kind === 'broke') implied.delete(pair)
  }
  for (const row of stillBroken) broken.delete(`${row} ${own.key}`)
}

describe('The fold of health', () => {
  it('tells the same in two stretches as in one', () => {
    fc.assert(
      fc.property(history, hold, fc.nat(12), (all, held, at) => {
        const first = judge(all.slice(0, at), held)
        const second = judge(all.slice(at), held, first.state)
        const whole = judge(all, held)
        expect([...first.changes, ...second.changes]).toEqual(whole.changes)
        expect(second.state).toEqual(whole.state)
      }),
    )
  })

  it('calls fixed only what it called broken, and breaks nothing twice', () => {
    fc.assert(
      fc.property(history, hold, (all, held) => {
        const reader: Reader = { broken: new Set(), implied: new Set() }
        for (const change of judge(all, held).changes) {
          const pairs = change.rows.map(({ row }) => `${row} ${change.cause.key}`)
          const known = pairs.filter((pair) => reader.broken.has(pair))
          expect(known.filter((pair) => !reader.implied.has(pair) || change.kind === 'fixed')).toEqual(
            change.kind === 'fixed' ? pairs : [],
          )
          follow(reader, change)
        }
      }),
    )
  })

  it('tells one change per cause and evaluation, and without a hold as each row stands then', () => {
    const words = { broke: 'dependency-failed', fixed: 'succeeded' }
    fc.assert(
      fc.property(history, (all) => {
        const { changes } = judge(all)
        const heads = changes.map(({ kind, cause: { key }, at }) => `${kind} ${key} ${at.evaluation}`)
        expect(new Set(heads).size).toBe(heads.length)
        for (const { kind, rows: own, at } of changes) {
          const cells = all.find(({ evaluation }) => evaluation === at.evaluation)?.cells ?? []
          const statuses = own.map(({ row }) => cells.find((cell) => cell.row === row)?.status)
          expect(statuses).toEqual(own.map(() => words[kind]))
        }
      }),
    )
  })

  it('leaves told as broken, at once, exactly what is broken', () => {
    const causes = fc.subarray(['magma', 'cudnn'])
    const decided = fc.record({ torch: causes, jax: causes })
    fc.assert(
      fc.property(fc.array(decided, { minLength: 1, maxLength: 12 }), (list) => {
        const wordOf = (broken: readonly string[]): Word => (broken.length === 0 ? 'good' : broken)
        const words = list.map((one) => ({ torch: wordOf(one.torch), jax: wordOf(one.jax) }))
        const { state } = judge(historyOf(...words))
        const now = Object.entries(list.at(-1) ?? {}).flatMap(([row, keys]) => keys.map((key) => `${row} ${key}`))
        const told = state.breakages.flatMap((one) =>
          one.isTold && one.standing === 'broken' ? `${one.row} ${one.cause.key}` : [],
        )
        expect(told.sort()).toEqual(now.sort())
      }),
    )
  })

  it('is not moved by what is undecided', () => {
    const undecided: Rows = { torch: 'building', jax: 'unexplained', blender: 'building' }
    fc.assert(
      fc.property(history, hold, fc.nat(12), (all, held, at) => {
        const idle = evaluationOf(undecided, 99)
        const told = judge([...all.slice(0, at), idle, ...all.slice(at)], held)
        expect(linesOf(told)).toEqual(linesOf(judge(all, held)))
      }),
    )
  })

  it('tells nothing of what never holds long enough', () => {
    const flaps = fc
      .array(fc.integer({ min: 1, max: 2 }), { maxLength: 8 })
      .map((lengths) =>
        lengths.flatMap((length, index) =>
          Array.from({ length }, (): Rows => ({ torch: index % 2 === 0 ? 'good' : ['magma'] })),
        ),
      )
    fc.assert(
      fc.property(flaps, (list) => {
        expect(judge(historyOf(...list), 3).changes).toEqual([])
      }),
    )
  })
})

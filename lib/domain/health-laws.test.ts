import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HealthChange } from './health-changes'
import { evaluationOf, historyOf, judge, linesOf, type Rows, type Word } from './testing/told-health'

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

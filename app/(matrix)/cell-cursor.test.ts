import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorAfter } from './cell-cursor'

const size = { rows: 30, columns: 5 }
const press = (key: string, from = { row: 5, column: 2 }, more = {}) =>
  cursorAfter({ key, ctrlKey: false, letters: true, ...more }, from, size)

describe('cursorAfter', () => {
  it.each([
    ['ArrowDown', 6, 2],
    ['ArrowUp', 4, 2],
    ['ArrowLeft', 5, 1],
    ['ArrowRight', 5, 3],
    ['j', 6, 2],
    ['k', 4, 2],
    ['Home', 5, 0],
    ['End', 5, 4],
    ['PageDown', 15, 2],
    ['PageUp', 0, 2],
  ])('%s leads from row 5, column 2 to row %i, column %i', (key, row, column) => {
    expect(press(key)).toEqual({ row, column })
  })

  it('goes to the corners with Ctrl', () => {
    expect(press('Home', undefined, { ctrlKey: true })).toEqual({ row: 0, column: 0 })
    expect(press('End', undefined, { ctrlKey: true })).toEqual({ row: 29, column: 4 })
  })

  it('leaves letters alone where they are switched off, and keys that do not move', () => {
    expect(press('j', undefined, { letters: false })).toBeNull()
    expect(press('x')).toBeNull()
    expect(press('j', undefined, { ctrlKey: true })).toBeNull()
  })

  it('stays in the grid whatever is pressed', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp', 'j', 'k']
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...keys)),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (walk, rows, columns) => {
          let at = { row: 0, column: 0 }
          for (const key of walk) at = cursorAfter({ key, ctrlKey: false, letters: true }, at, { rows, columns }) ?? at
          expect(at.row).toBeGreaterThanOrEqual(0)
          expect(at.row).toBeLessThan(rows)
          expect(at.column).toBeGreaterThanOrEqual(0)
          expect(at.column).toBeLessThan(columns)
        },
      ),
    )
  })
})

'use client'
import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { type CellCursor, cursorAfter, type GridKey, type GridSize } from './cell-cursor'

/** The roving cursor of the grid: one cell is in the tab order, keys move it, and focus follows. */
export function useCellCursor(table: RefObject<HTMLElement | null>, size: GridSize) {
  const [wanted, setCursor] = useState<CellCursor>({ row: 0, column: 1 })
  const cursor = {
    row: Math.max(0, Math.min(wanted.row, size.rows - 1)),
    column: Math.min(wanted.column, size.columns - 1),
  }
  const mustFocus = useRef(false)

  const settle = () => {
    if (!mustFocus.current) return
    const element = elementAt(table.current, cursor)
    mustFocus.current = element === null
    // The row is still loading: the grid keeps the keys until it is there.
    const target = element ?? table.current
    target?.focus({ preventScroll: element === null })
  }
  useLayoutEffect(settle)

  return {
    cursor,
    /** To be called after rows were drawn: focuses the cell that a key has led to once it is there. */
    settle,
    /** Moves by a key; false when it does not move. */
    press(key: GridKey): boolean {
      const next = cursorAfter(key, cursor, size)
      if (next === null) return false
      mustFocus.current = true
      setCursor(next)
      return true
    },
    /** The cursor is where the focus went, by mouse or tab. */
    onFocus(event: FocusEvent<HTMLElement>) {
      const place = placeOf(event.target)
      if (place !== null && (place.row !== cursor.row || place.column !== cursor.column)) setCursor(place)
    },
  }
}

export function elementAt(table: HTMLElement | null, { row, column }: CellCursor): HTMLElement | null {
  return table?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`) ?? null
}

/** The place that an element of the grid belongs to, or null. */
export function placeOf(target: EventTarget | null): CellCursor | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  if (element === null) return null
  return { row: Number(element.dataset.row), column: Number(element.dataset.column) }
}

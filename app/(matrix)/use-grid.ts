'use client'
import { useRouter } from 'next/navigation'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { useShortcuts } from '@/lib/client/shortcuts'
import type { Matrix, MatrixParams } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { copyPin, openLog } from './cell-actions'
import type { CellCursor } from './cell-cursor'
import { useCellCard } from './use-cell-card'
import { placeOf, useCellCursor } from './use-cell-cursor'
import { useOpenCell } from './use-open-cell'
import { useRows } from './use-rows'
import { useToast } from './use-toast'

/** What keys, pointer and touch do in the matrix: the cell cursor, the card, and what was done in words. */
export function useGrid(matrix: Matrix, params: MatrixParams) {
  const table = useRef<HTMLDivElement>(null)
  const { branches } = matrix
  const rows = useRows(matrix, params)
  const size = { rows: rows.headRows.length + rows.tailCount, columns: branches.length + 1 }
  const { cursor, press, onFocus, settle } = useCellCursor(table, size)
  const cards = useCellCard()
  const open = useOpenCell({ table, rows: rows.headRows, branches, pin: cards.pin })
  const toast = useToast()
  const onKey = useCellKeys({ press, say: toast.show })

  /** Row and branch at a place; a hole in the matrix has both, the name's column has no branch. */
  const cellAt = (place: CellCursor | null | undefined) => {
    const row = place ? rows.rowAt(place.row) : undefined
    const branch = place ? branches[place.column - 1] : undefined
    return row && branch ? { row, branch } : null
  }
  const onClick = (event: MouseEvent) => {
    const found = cellAt(placeOf(event.target))
    if (found === null || event.metaKey || event.ctrlKey || event.shiftKey || !cards.pin(event.target)) return
    event.preventDefault()
    open.remember(found.branch.name, found.row.name)
  }
  return {
    table,
    rows,
    cursor,
    settle,
    toast: toast.message,
    card: cards.card && { ...cards.card, ...cellAt(cards.card.place) },
    cardEvents: { onPointerEnter: cards.keep, onPointerLeave: cards.closeGlanceLater },
    closeCard() {
      cards.close()
      open.forget()
    },
    events: {
      onClick,
      onKeyDown(event: KeyboardEvent) {
        const place = event.target === table.current ? cursor : placeOf(event.target)
        if (place !== null) onKey(event, { row: rows.rowAt(place.row), branch: branches[place.column - 1] })
      },
      onPointerOver: cards.onPointerOver,
      onPointerLeave: cards.closeGlanceLater,
      onBlur: cards.closeGlanceLater,
      onFocus(event: FocusEvent<HTMLElement>) {
        onFocus(event)
        cards.glance(event.target)
      },
    } as const,
  } as const
}

type Cursor = ReturnType<typeof useCellCursor>
/** Where the cursor is: a row that is still loading is none, and the name's column has no branch. */
interface Place {
  readonly row: Matrix['packages'][number] | undefined
  readonly branch: Matrix['branches'][number] | undefined
}

function useCellKeys({ press, say }: { press: Cursor['press']; say: (message: string) => void }) {
  const { areOn } = useShortcuts()
  const router = useRouter()
  const actOn = (key: string, { row, branch }: Place) => {
    if (row === undefined) return
    if (key === 'p') router.push(paths.package(row.name))
    if (branch === undefined) return
    if (key === 'd') router.push(paths.diffOf({ branch: branch.name }))
    if (key === 'l') say(openLog(row.cells[branch.name], router.push))
    if (key === 'c') void copyPin(row.cells[branch.name], branch.title).then(say)
  }
  return (event: KeyboardEvent, place: Place) => {
    if (event.metaKey || event.altKey) return
    if (press({ key: event.key, ctrlKey: event.ctrlKey, letters: areOn })) return event.preventDefault()
    if (!event.ctrlKey && areOn) actOn(event.key, place)
  }
}

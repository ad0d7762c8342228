'use client'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { CellCursor } from './cell-cursor'
import { placeOf } from './use-cell-cursor'

const HOVER_MS = 400
const LEAVE_MS = 200

export interface OpenCard {
  readonly place: CellCursor
  readonly anchor: HTMLElement
  /** Opened on purpose: it takes the focus and stays. A glance goes when the pointer or the focus does. */
  readonly isPinned: boolean
}

/** Which cell's card is open: pinned by Enter or click, at a glance by hover or keyboard focus. */
export function useCellCard() {
  const [card, setCard] = useState<OpenCard | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The cell whose card was just closed: the focus that comes back to it is no wish to see it again.
  const dismissed = useRef<HTMLElement | null>(null)
  useEffect(() => () => clearTimeout(timer.current), [])

  const later = (delayMs: number, act: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, delayMs)
  }
  const closeGlanceLater = () => later(LEAVE_MS, () => setCard((open) => (open?.isPinned ? open : null)))
  const glance = (target: EventTarget | null) => {
    const found = branchCellOf(target)
    if (found === null) return closeGlanceLater()
    if (found.anchor === dismissed.current) return
    dismissed.current = null
    later(HOVER_MS, () => setCard((open) => (open?.isPinned || !found.anchor.isConnected ? open : found)))
  }

  return {
    card,
    close() {
      clearTimeout(timer.current)
      dismissed.current = card?.anchor ?? null
      setCard(null)
    },
    /** Opens the card of the cell that holds `target`; false when there is none. */
    pin(target: EventTarget | null): boolean {
      const found = branchCellOf(target)
      if (found === null) return false
      clearTimeout(timer.current)
      setCard({ ...found, isPinned: true })
      return true
    },
    glance,
    onPointerOver(event: PointerEvent) {
      if (event.pointerType === 'mouse') glance(event.target)
    },
    closeGlanceLater,
    /** The pointer reached the card itself, which must stay. */
    keep: () => clearTimeout(timer.current),
  }
}

function branchCellOf(target: EventTarget | null): OpenCard | null {
  const place = placeOf(target)
  if (place === null || place.column === 0 || !(target instanceof Element)) return null
  const anchor = target.closest<HTMLElement>('[data-row]')
  return anchor === null ? null : { place, anchor, isPinned: false }
}

'use client'
import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useShortcuts } from '@/lib/client/shortcuts'
import type { TriageEntry } from '@/lib/contract/triage'
import { doCauseAct } from './cause-acts'
import { causeActOf, placeAfter } from './cause-keys'

/** The one cause of the list that is in the tab order, and the keys that act on it while the list has the focus. */
export function useCauseCursor(entries: readonly TriageEntry[], say: (message: string) => void) {
  const list = useRef<HTMLDivElement>(null)
  const { areOn } = useShortcuts()
  const [wanted, setWanted] = useState<string | null>(null)
  const lastPlace = useRef(0)
  const hadFocus = useRef(false)
  const found = entries.findIndex(({ id }) => id === wanted)
  const current = entries[found] ?? entries[Math.min(lastPlace.current, entries.length - 1)]

  // A cause that leaves the list, as when it is acknowledged under a filter, hands the focus to what takes its place.
  useLayoutEffect(() => {
    if (!hadFocus.current || document.activeElement !== document.body || current === undefined) return
    elementOf(list.current, current.id)?.focus()
  }, [current])

  const onKeyDown = (event: KeyboardEvent) => {
    const act = areOn && !isTyping(event.target) ? causeActOf(event) : null
    const place = entries.findIndex(({ id }) => id === idAt(event.target))
    if (act === null || place < 0) return
    event.preventDefault()
    if (act !== 'next' && act !== 'previous') {
      const element = elementOf(list.current, entries[place]?.id)
      if (element !== null) say(doCauseAct(act, entries[place], element))
      return
    }
    elementOf(list.current, entries[placeAfter(act, place, entries.length)]?.id)?.focus()
  }
  const onFocus = (event: FocusEvent) => {
    const id = idAt(event.target)
    hadFocus.current = true
    lastPlace.current = Math.max(
      0,
      entries.findIndex((entry) => entry.id === id),
    )
    setWanted(id)
  }
  const onBlur = (event: FocusEvent) => {
    const isWithin = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
    // What is removed while it has the focus blurs to nothing.
    if (event.relatedTarget !== null && !isWithin) hadFocus.current = false
  }
  return { list, areOn, currentId: current?.id ?? null, events: { onKeyDown, onFocus, onBlur } } as const
}

function idAt(target: EventTarget): string | null {
  const article = target instanceof Element ? target.closest<HTMLElement>('[data-cause]') : null
  return article?.dataset.cause ?? null
}

function elementOf(list: HTMLElement | null, id: string | undefined): HTMLElement | null {
  return id === undefined ? null : (list?.querySelector<HTMLElement>(`[data-cause="${CSS.escape(id)}"]`) ?? null)
}

function isTyping(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}

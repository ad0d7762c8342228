'use client'
import { useEffect } from 'react'

export interface GlobalKeys {
  readonly onPalette: () => void
  readonly onSearch: () => void
  readonly onHelp: () => void
  /** Do single keys do something? Ctrl K always does. */
  readonly areOn: boolean
}

/** The keys that work on every page, wherever nothing is being typed. */
export function useGlobalKeys(keys: GlobalKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event, keys)
      if (act === null) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

function actOf(event: KeyboardEvent, { onPalette, onSearch, onHelp, areOn }: GlobalKeys): (() => void) | null {
  const hasControl = event.ctrlKey || event.metaKey
  if (hasControl) return event.key.toLowerCase() === 'k' ? onPalette : null
  if (!areOn || event.altKey || isTyping(event.target)) return null
  if (event.key === '/') return onSearch
  return event.key === '?' ? onHelp : null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]') !== null
}

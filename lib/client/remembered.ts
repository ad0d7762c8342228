'use client'
import { useCallback, useSyncExternalStore } from 'react'

const CHANGED = 'flakeboard:remembered'

/** A text that this browser remembers under a key; null on the server, and where storage is refused. */
export function useRemembered(key: string): readonly [string | null, (value: string | null) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  )
  return [value, useCallback((next) => write(key, next), [key])]
}

function subscribe(onChange: () => void): () => void {
  // `storage` tells other tabs, our own event this one.
  addEventListener('storage', onChange)
  addEventListener(CHANGED, onChange)
  return () => {
    removeEventListener('storage', onChange)
    removeEventListener(CHANGED, onChange)
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Storage is full or refused: the choice lasts as long as nothing reads it again.
  }
  dispatchEvent(new Event(CHANGED))
}

'use client'
import { useCallback, useMemo } from 'react'
import { useRemembered } from './remembered'

const KEY = 'flakeboard.packages'
const PACKAGES_MAX = 100

/** The packages that this browser's user follows, in the order in which they were added. */
export function useMyPackages() {
  const [stored, store] = useRemembered(KEY)
  const names = useMemo(() => parsePackages(stored), [stored])
  const toggle = useCallback(
    (name: string) => {
      const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name]
      store(JSON.stringify(next.slice(-PACKAGES_MAX)))
    },
    [names, store],
  )
  return { names, toggle }
}

/** What was stored, as far as it is a list of names; anything else is an empty list. */
export function parsePackages(stored: string | null): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(stored ?? '[]')
    if (!Array.isArray(parsed)) return []
    return parsed
      .filter((name) => typeof name === 'string' && name.length > 0 && name.length <= 200)
      .slice(0, PACKAGES_MAX)
  } catch {
    return []
  }
}

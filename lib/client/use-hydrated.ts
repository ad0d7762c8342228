'use client'
import { useSyncExternalStore } from 'react'

/** False on the server and for the first drawing in the browser, true from then on: scripts run here. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
}

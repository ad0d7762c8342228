'use client'
import { useEffect, useState } from 'react'

const TICK_MS = 30_000

/**
 * The present, as the server sees it: begins with the time of the server's rendering, so that both draw the same, and
 * goes on from there whatever this machine's clock says.
 */
export function useNow(serverNow: string): Date {
  const [now, setNow] = useState(() => new Date(serverNow))
  useEffect(() => {
    const skewMs = Date.parse(serverNow) - Date.now()
    const timer = setInterval(() => setNow(new Date(Date.now() + skewMs)), TICK_MS)
    return () => clearInterval(timer)
  }, [serverNow])
  return now
}

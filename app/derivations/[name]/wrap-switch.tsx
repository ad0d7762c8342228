'use client'
import { useRemembered } from '@/lib/client/remembered'

/** Wraps long lines, and remembers it in this browser. The stylesheet does it, so it works without JavaScript too. */
export function WrapSwitch() {
  const [stored, store] = useRemembered('flakeboard.log-wrap')
  return (
    <label className="flex items-center gap-2 text-sm">
      <input
        type="checkbox"
        className="log-wrap"
        checked={stored === 'on'}
        onChange={(event) => store(event.target.checked ? 'on' : null)}
      />
      Wrap long lines
    </label>
  )
}

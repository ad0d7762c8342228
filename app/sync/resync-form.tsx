'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useActionState, useEffect } from 'react'
import type { ResyncState } from '@/app/action-states'
import { resync } from '@/app/actions'
import { syncQuery } from '@/lib/client/sync'

const IDLE: ResyncState = { status: 'idle' }

/** Starts a sync; also without JavaScript, where the page comes back with the answer. */
export function ResyncForm({ sources }: { sources: readonly string[] }) {
  const [state, action, isPending] = useActionState(resync, IDLE)
  const queryClient = useQueryClient()
  useEffect(() => {
    // The run that was just started is seen at once, not at the next regular look.
    if (state.status !== 'idle') void queryClient.invalidateQueries({ queryKey: syncQuery().queryKey })
  }, [state, queryClient])
  return (
    <form action={action} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <label className="flex items-center gap-2">
          Source
          <select name="source" defaultValue="" className="field">
            <option value="">all</option>
            {sources.map((source) => (
              <option key={source} value={source}>
                {source}
              </option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-2">
          <input type="checkbox" name="full" />
          Read everything again
        </label>
        <button type="submit" disabled={isPending} className="button">
          Sync now
        </button>
      </div>
      <p role="status">{messageOf(state)}</p>
    </form>
  )
}

function messageOf(state: ResyncState): string {
  switch (state.status) {
    case 'idle':
      return ''
    case 'started':
      return 'Started. Its progress is below.'
    case 'running':
      return 'A sync runs already. Its progress is below.'
    case 'refused':
      return state.message
  }
}

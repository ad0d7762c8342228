'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useActionState, useEffect } from 'react'
import type { TryState } from '@/app/action-states'
import { syncQuery } from '@/lib/client/sync'
import { tryReceiver } from './actions'

const IDLE: TryState = { status: 'idle' }

/** Sends a test to a receiver; also without JavaScript, where the page comes back with the answer. */
export function TryReceiver({ receiver }: { receiver: string }) {
  const [state, action, isPending] = useActionState(tryReceiver, IDLE)
  const queryClient = useQueryClient()
  useEffect(() => {
    if (state.status !== 'idle') void queryClient.invalidateQueries({ queryKey: syncQuery().queryKey })
  }, [state, queryClient])
  return (
    <form action={action} className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="receiver" value={receiver} />
      <button type="submit" disabled={isPending} className="button" aria-label={`Send a test to ${receiver}`}>
        Send a test
      </button>
      <p role="status">{state.status === 'sent' ? 'Sent.' : state.status === 'refused' ? state.message : ''}</p>
    </form>
  )
}

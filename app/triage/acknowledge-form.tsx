'use client'
import { ChangeMessage } from './change-message'
import type { Change } from './use-change'

/** One button that says: somebody has seen this. Also without JavaScript. */
export function AcknowledgeForm({ change: { seen, state, action, isPending } }: { change: Change }) {
  if (seen.state !== 'new') return null
  return (
    <form action={action} data-acts="acknowledge" className="flex flex-wrap items-center justify-end gap-2">
      <input type="hidden" name="key" value={seen.id} />
      <input type="hidden" name="version" value={seen.version} />
      <input type="hidden" name="state" value="acknowledged" />
      {state.status === 'refused' && state.act === 'acknowledge' && <ChangeMessage state={state} />}
      <button type="submit" disabled={isPending} className="button">
        Acknowledge
      </button>
    </form>
  )
}

'use client'
import type { TriageEntry } from '@/lib/contract/triage'
import { ChangeMessage } from './change-message'
import { useChange } from './use-change'

/** One button that says: somebody has seen this. Also without JavaScript. */
export function AcknowledgeForm({ entry }: { entry: TriageEntry }) {
  const { state, action, isPending } = useChange(entry)
  if (entry.state !== 'new') return null
  return (
    <form action={action} data-acts="acknowledge" className="flex flex-wrap items-center justify-end gap-2">
      <input type="hidden" name="key" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      <input type="hidden" name="state" value="acknowledged" />
      {state.status === 'refused' && <ChangeMessage state={state} />}
      <button type="submit" disabled={isPending} className="button">
        Acknowledge
      </button>
    </form>
  )
}

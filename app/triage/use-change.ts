'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useActionState, useEffect, useState } from 'react'
import type { TriageEntry } from '@/lib/contract/triage'
import { changeCause } from './actions'
import { IDLE, typedOf } from './change-state'

/**
 * A form on one entry. Once something is typed, it stands on the entry as it was then: a refresh neither changes what is
 * typed nor hides that somebody else was faster.
 */
export function useChange(entry: TriageEntry) {
  const [state, action, isPending] = useActionState(changeCause, IDLE)
  const [begun, setBegun] = useState<TriageEntry | null>(null)
  const queryClient = useQueryClient()
  useEffect(() => {
    if (state.status === 'idle') return
    if (state.status === 'saved') setBegun(null)
    void queryClient.invalidateQueries({ queryKey: ['triage'] })
  }, [state, queryClient])
  const base = begun ?? entry
  const isAhead = state.status === 'saved' && state.version > base.version
  return {
    state,
    action,
    isPending,
    /** What the fields begin with. */
    typed: state.status === 'refused' || isAhead ? state.typed : typedOf(base),
    version: versionOf(),
    begin: () => setBegun((known) => known ?? entry),
  }

  function versionOf(): number {
    if (state.status === 'refused') return state.version ?? base.version
    return isAhead ? state.version : base.version
  }
}

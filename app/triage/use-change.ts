'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useActionState, useEffect, useState } from 'react'
import type { TriageEntry } from '@/lib/contract/triage'
import { changeCause } from './actions'
import { IDLE, typedOf, withOwnChange } from './change-state'

export type Change = ReturnType<typeof useChange>

/**
 * The forms on one entry, of which one is sent at a time. Once something is typed, it stands on the entry as it was then,
 * one's own changes included: a refresh neither changes what is typed nor hides that somebody else was faster.
 */
export function useChange(entry: TriageEntry) {
  const [state, action, isPending] = useActionState(changeCause, IDLE)
  const [begun, setBegun] = useState<TriageEntry | null>(null)
  const [chosenFrom, setChosenFrom] = useState<string | null>(null)
  const queryClient = useQueryClient()
  const isNoteDone = state.status !== 'idle' && state.act === 'note'
  useEffect(() => {
    if (state.status === 'idle') return
    if (state.act === 'note') setChosenFrom(null)
    if (state.act === 'note' && state.status === 'saved') setBegun(null)
    void queryClient.invalidateQueries({ queryKey: ['triage'] })
  }, [state, queryClient])
  const seen = withOwnChange(entry, state)
  const base = begun === null ? seen : withOwnChange(begun, state)
  const isRefused = state.status === 'refused' && isNoteDone
  const typed = isRefused ? state.typed : typedOf(base)
  return {
    /** The entry with what was changed from here, also before the refresh brings it. */
    seen,
    state,
    action,
    isPending,
    isNoteDone,
    /** What the fields of the note begin with, and the version that they stand on. */
    typed,
    version: isRefused ? (state.version ?? base.version) : base.version,
    begin: () => setBegun((known) => known ?? seen),
    /** Another beginning is another list to choose from, unless one was chosen already. */
    choiceKey: chosenFrom ?? typed.state,
    choose: () => setChosenFrom((known) => known ?? typed.state),
  }
}

'use client'
import { useId, useState } from 'react'
import { TRIAGE_STATE_WORDS } from '@/lib/contract/triage'
import { ISSUE_URL_MAX, NOTE_MAX, TRIAGE_STATES } from '@/lib/domain/triage'
import { ChangeMessage } from './change-message'
import { IDLE } from './change-state'
import type { Change } from './use-change'

/** State, note and issue of a cause; also without JavaScript, where the page comes back with what was typed. */
export function NoteForm({ change }: { change: Change }) {
  const { seen, state, action, isPending, isNoteDone, typed, version, begin, choiceKey, choose } = change
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <details open={isOpen || isNoteDone} onToggle={(event) => setOpen(event.currentTarget.open)} className="text-sm">
      <summary className="w-fit underline underline-offset-2">Note and state</summary>
      <form action={action} onInput={begin} className="mt-2 grid max-w-[80ch] gap-3">
        <input type="hidden" name="key" value={seen.id} />
        <input type="hidden" name="version" value={version} />
        <div className="flex flex-wrap gap-3">
          <p className="flex items-center gap-2">
            <label htmlFor={`${id}state`}>State</label>
            {/* React keeps a select as it was first drawn: another beginning is another select. */}
            <select
              key={choiceKey}
              id={`${id}state`}
              name="state"
              defaultValue={typed.state}
              onChange={choose}
              className="field"
            >
              {TRIAGE_STATES.map((value) => (
                <option key={value} value={value}>
                  {TRIAGE_STATE_WORDS[value]}
                </option>
              ))}
            </select>
          </p>
          <p className="flex min-w-64 flex-1 items-center gap-2">
            <label htmlFor={`${id}issue`}>Issue</label>
            <input
              id={`${id}issue`}
              type="url"
              name="issueUrl"
              defaultValue={typed.issueUrl}
              maxLength={ISSUE_URL_MAX}
              pattern="https?://.+"
              placeholder="https://github.com/NixOS/nixpkgs/issues/…"
              className="field w-full"
            />
          </p>
        </div>
        <p className="grid gap-1">
          <label htmlFor={`${id}note`}>Note</label>
          <textarea
            id={`${id}note`}
            name="note"
            defaultValue={typed.note}
            maxLength={NOTE_MAX}
            rows={4}
            className="field h-auto! w-full py-1.5"
          />
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" disabled={isPending} className="button">
            Save note
          </button>
          <ChangeMessage state={isNoteDone ? state : IDLE} />
        </div>
      </form>
    </details>
  )
}

import type { ReactNode } from 'react'
import { TRIAGE_STATE_WORDS } from '@/lib/contract/triage'
import type { TriageState } from '@/lib/domain/triage'

// Each state its own shape, all in the colour of the text: who is on it is no matter of good or bad.
const SHAPES = {
  new: <circle cx="8" cy="8" r="4" fill="currentColor" stroke="none" />,
  acknowledged: <path d="m3.5 8.5 3 3 6-7" />,
  'being-fixed': <path d="m3 13 5.5-5.5M8 5a3 3 0 0 1 4-2.6L10.3 4l1.7 1.7L13.6 4A3 3 0 0 1 9 7.5" />,
  'upstream-issue': <path d="M8 13V3.5M4.5 7 8 3.5 11.5 7" />,
  'wont-fix': (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="m4.2 11.8 7.6-7.6" />
    </>
  ),
} satisfies Record<TriageState, ReactNode>

/** What people say of a cause: shape and word. */
export function TriageStateWord({ state }: { state: TriageState }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap" data-triage={state}>
      <svg
        aria-hidden="true"
        className={state === 'new' ? 'shrink-0 text-(--busy)' : 'shrink-0 text-muted'}
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {SHAPES[state]}
      </svg>
      {TRIAGE_STATE_WORDS[state]}
    </span>
  )
}

'use client'
import { useToast } from '@/app/(matrix)/use-toast'
import { Toast } from '@/components/toast'
import { useHydrated } from '@/lib/client/use-hydrated'
import type { TriageEntry } from '@/lib/contract/triage'
import { TriageItem } from './triage-item'
import { useCauseCursor } from './use-cause-cursor'

export interface TriageListProps {
  readonly entries: readonly TriageEntry[]
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly mayChange: boolean
  readonly isBusy: boolean
}

/** The causes as a list that keys work on. */
export function TriageList({ entries, now, nixpkgsUrl, mayChange, isBusy }: TriageListProps) {
  const isLive = useHydrated()
  const toast = useToast()
  const { list, areOn, currentId, events } = useCauseCursor(entries, toast.show)
  return (
    <>
      <p className="js-only px-4 py-2 text-xs text-muted">
        {areOn ? (
          <>
            In the list: <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>a</kbd> acknowledge · <kbd>n</kbd> note ·{' '}
            <kbd>o</kbd> open source · <kbd>l</kbd> log
          </>
        ) : (
          'Single keys are switched off; the list of keyboard shortcuts in the top bar switches them on.'
        )}
      </p>
      <div ref={list} aria-busy={isBusy} {...events}>
        <ol aria-label="Root causes, worst first" className="divide-y divide-line border-y border-line">
          {entries.map((entry) => (
            <li key={entry.id}>
              <TriageItem
                {...{ entry, now, nixpkgsUrl, mayChange }}
                isCurrent={isLive ? entry.id === currentId : undefined}
              />
            </li>
          ))}
        </ol>
      </div>
      <Toast message={toast.message} />
    </>
  )
}

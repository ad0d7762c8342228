'use client'
import { SuspectsDisclosure } from '@/app/suspects-disclosure'
import { TriageArticle, type TriageArticleProps } from '@/components/triage/triage-article'
import { AcknowledgeForm } from './acknowledge-form'
import { NoteForm } from './note-form'
import { useChange } from './use-change'

export type TriageItemProps = Pick<TriageArticleProps, 'entry' | 'now' | 'nixpkgsUrl' | 'isCurrent'> & {
  readonly mayChange: boolean
}

/** One cause with the forms on it, and its suspects where they are asked for. */
export function TriageItem({ entry, now, nixpkgsUrl, isCurrent, mayChange }: TriageItemProps) {
  const change = useChange(entry)
  return (
    <TriageArticle
      entry={change.seen}
      {...{ now, nixpkgsUrl, isCurrent }}
      quick={mayChange && <AcknowledgeForm change={change} />}
      suspects={({ name, title, suspectsOf }) => (
        <SuspectsDisclosure name={suspectsOf} branch={name} {...{ title, now, nixpkgsUrl }} />
      )}
    >
      {mayChange && <NoteForm change={change} />}
    </TriageArticle>
  )
}

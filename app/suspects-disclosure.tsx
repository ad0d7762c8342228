'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { suspectsQuery } from '@/lib/client/suspects'
import { paths } from '@/lib/contract/paths'
import { SuspectsIsland } from './suspects-island'

export interface SuspectsDisclosureProps {
  /** The package whose suspects these are, and the branch that it is broken on. */
  readonly name: string
  readonly branch: string
  readonly title: string
  readonly now: Date
  readonly nixpkgsUrl: string
}

/**
 * The closest suspects of one cause on one branch, asked for when they are unfolded, so that a list of many causes costs
 * no more than a list of few. Without JavaScript a link to where they stand.
 */
export function SuspectsDisclosure({ name, branch, title, now, nixpkgsUrl }: SuspectsDisclosureProps) {
  const [isOpen, setOpen] = useState(false)
  const listHref = paths.packageSuspects(name, branch)
  return (
    <>
      <a href={listHref} className="no-js-only">
        Suspects on {title}
      </a>
      <details
        className="js-only min-w-0 open:w-full"
        aria-label={`Suspects on ${title}`}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary className="w-fit underline underline-offset-2">Suspects on {title}</summary>
        <div className="mt-1 border-l-2 border-line pl-3">
          {isOpen && <Answer {...{ name, branch, now, nixpkgsUrl, listHref }} />}
        </div>
      </details>
    </>
  )
}

interface AnswerProps extends Omit<SuspectsDisclosureProps, 'title'> {
  readonly listHref: string
}

function Answer({ name, branch, ...view }: AnswerProps) {
  const { data, error, refetch } = useQuery(suspectsQuery(name, branch))
  if (data !== undefined) return <SuspectsIsland stored={data} {...view} />
  if (error === null) return <p role="status">Looking …</p>
  return (
    <p role="alert">
      {error.message}{' '}
      <button type="button" className="button" onClick={() => void refetch()}>
        Try again
      </button>
    </p>
  )
}

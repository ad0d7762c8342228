import type { Triage } from '@/lib/contract/triage'

export interface TriageEmptyProps {
  readonly triage: Triage
  readonly isFiltered: boolean
  readonly clearHref: string
  readonly onClear: () => void
}

/** Why no cause is listed: that is good news only when everything was read of late and all of it is explained. */
export function TriageEmpty({ triage, isFiltered, clearHref, onClear }: TriageEmptyProps) {
  const { title, words } = wordsOf(triage, isFiltered)
  return (
    <div className="max-w-[64ch] px-4 py-12">
      <h2 className="mb-1 text-lg font-semibold">{title}</h2>
      <p className="text-muted">
        {words}{' '}
        {isFiltered && (
          <a
            href={clearHref}
            onClick={(event) => {
              event.preventDefault()
              onClear()
            }}
          >
            Clear all filters
          </a>
        )}
      </p>
    </div>
  )
}

function wordsOf({ branches, unexplained }: Triage, isFiltered: boolean): { title: string; words: string } {
  if (isFiltered) return { title: 'No cause matches', words: 'No open cause has these states on these branches.' }
  if (branches.every(({ freshness }) => freshness === 'never')) {
    return {
      title: 'Nothing has been read yet',
      words: 'No evaluation of any branch has finished, so no cause is known. They appear here with the first sync.',
    }
  }
  if (unexplained > 0) {
    return {
      title: 'No cause is known',
      words: 'Packages are broken, and what breaks them is not read yet. The next syncs fill this list.',
    }
  }
  const old = branches.filter(({ freshness }) => freshness !== 'fresh').map(({ title }) => title)
  if (old.length > 0) {
    return {
      title: 'Nothing is broken, as far as is known',
      words: `There is no fresh evaluation of ${old.join(', ')}: what broke there since is not known.`,
    }
  }
  return {
    title: 'Nothing is broken',
    words: 'Every package of every branch builds or is being built. A cause that returns comes back with its note.',
  }
}

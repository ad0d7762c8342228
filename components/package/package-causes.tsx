import type { ReactNode } from 'react'
import { LogExcerptView } from '@/components/derivation/log-excerpt'
import type { PackageBranch } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'

export interface PackageCausesProps {
  readonly branches: readonly PackageBranch[]
  /** Suspected commits by branch: an island of the page, which may ask for more. */
  readonly suspects: ReadonlyMap<string, ReactNode>
}

/** Why a package is broken, branch by branch: root causes, what their logs tell, and the commits to suspect. */
export function PackageCauses({ branches, suspects }: PackageCausesProps) {
  const broken = branches.filter(isBrokenNow)
  if (broken.length === 0) return null
  return (
    <section aria-labelledby="causes" className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h2 id="causes" className="text-lg font-semibold">
        Why it is broken
      </h2>
      {broken.map((branch) => (
        <div key={branch.name} className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <h3 className="text-base font-semibold">{branch.title}</h3>
          {branch.rootCauses.length === 0 && <p className="text-sm text-muted">No cause is known yet.</p>}
          {branch.rootCauses.map((cause) => (
            <RootCause key={`${cause.derivation} ${cause.name}`} cause={cause} />
          ))}
          <div id={`suspects-${branch.name}`}>
            <h4 className="text-sm font-semibold">Suspects</h4>
            {suspects.get(branch.name) ?? <p className="text-sm text-muted">No range of commits is known.</p>}
          </div>
        </div>
      ))}
    </section>
  )
}

/** Broken now, or last known to be while it is being built again. */
export function isBrokenNow({ firstBad, rootCauses }: PackageBranch): boolean {
  return firstBad !== null || rootCauses.length > 0
}

function RootCause({ cause }: { cause: PackageBranch['rootCauses'][number] }) {
  const { derivation, name, status, excerpt } = cause
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="break-words">
        {derivation === null ? (
          <span className="font-medium">{name}</span>
        ) : (
          <a href={paths.derivation(derivation)} className="font-medium">
            {name}
          </a>
        )}{' '}
        <span className="text-muted">{statusWord(status)}</span>
      </p>
      {derivation !== null && excerpt !== null && <LogExcerptView derivation={derivation} excerpt={excerpt} />}
      {derivation !== null && excerpt === null && (
        <p className="text-sm text-muted">
          Its log was not read yet; <a href={paths.derivation(derivation)}>its page</a> asks for it.
        </p>
      )}
    </div>
  )
}

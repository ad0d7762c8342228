import { groupedNumber } from '@/components/age'
import { ResultWord } from '@/components/result-word'
import type { Derivation, DerivationBranch } from '@/lib/contract/derivation'
import type { RootCause } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'
import { isBroken } from '@/lib/domain/status'
import { LinkedDerivations } from './linked-derivations'

/** Both ends of the chain of a failure: what it comes from, and what it blocks now, branch by branch. */
export function DerivationChain({ found }: { found: Derivation }) {
  const causes = found.rootCauses.filter(({ derivation }) => derivation !== found.derivation)
  return (
    <>
      {isBroken(found.status) && (
        <section aria-labelledby="causes" className="grid gap-2 text-sm">
          <h2 id="causes" className="text-lg font-semibold">
            What it fails from
          </h2>
          {causes.length === 0 ? <p>{ownWords(found)}</p> : <Causes causes={causes} />}
          {found.failedDependencies.length > 0 && (
            <div>
              <h3 className="text-muted">Failed dependencies that it names itself</h3>
              <LinkedDerivations derivations={found.failedDependencies} />
            </div>
          )}
        </section>
      )}
      <section aria-labelledby="stands" className="grid gap-3 text-sm">
        <h2 id="stands" className="text-lg font-semibold">
          {isBroken(found.status) ? 'What it blocks now' : 'Where it stands now'}
        </h2>
        {found.branches.length === 0 && (
          <p className="text-muted">No branch shows it now: newer builds took its place.</p>
        )}
        {found.branches.map((branch) => (
          <Standing key={branch.name} branch={branch} />
        ))}
      </section>
    </>
  )
}

function ownWords({ status }: Derivation): string {
  if (status === 'dependency-failed') return 'A dependency failed; which one is not known yet.'
  return 'It fails by itself: nothing that it needs is known to be broken.'
}

function Causes({ causes }: { causes: readonly RootCause[] }) {
  return (
    <ul className="grid gap-1">
      {causes.map(({ derivation, name, status }) => (
        <li key={`${derivation} ${name}`} className="break-words">
          {derivation === null ? name : <a href={paths.derivation(derivation)}>{name}</a>}{' '}
          <span className="text-muted">{statusWord(status)}</span>
        </li>
      ))}
    </ul>
  )
}

function Standing({ branch: { name, title, total, attributes } }: { branch: DerivationBranch }) {
  return (
    <div className="min-w-0">
      <h3>
        <a href={paths.branch(name)}>{title}</a>{' '}
        <span className="tabular text-muted">
          {groupedNumber(total)} {total === 1 ? 'attribute' : 'attributes'}
        </span>
      </h3>
      <ul>
        {attributes.map((one) => (
          <li
            key={one.attribute}
            className="grid gap-x-4 border-b border-line py-1 md:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_10rem]"
          >
            <a href={paths.package(one.package)} className="font-medium break-words">
              {one.package}
            </a>
            <code className="min-w-0 break-all text-muted">{one.attribute}</code>
            {one.isItself ? (
              <ResultWord result={{ status: one.status, mayFail: false, rootCauses: [] }} />
            ) : (
              <span className="text-muted">blocked by it</span>
            )}
          </li>
        ))}
      </ul>
      {total > attributes.length && (
        <p className="text-muted">and {groupedNumber(total - attributes.length)} more; the evaluation lists all</p>
      )}
    </div>
  )
}

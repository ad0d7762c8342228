import type { LinkedDerivation } from '@/lib/contract/derivation'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'

/** Derivations with what became of them. One of which only the path is known has no page to lead to. */
export function LinkedDerivations({ derivations }: { derivations: readonly LinkedDerivation[] }) {
  return (
    <ul className="gap-x-8 text-sm sm:columns-2 xl:columns-3">
      {derivations.map(({ derivation, name, status }) => (
        <li key={derivation} className="break-inside-avoid break-all">
          {status === null ? (
            <span title={derivation}>{name}</span>
          ) : (
            <>
              <a href={paths.derivation(derivation)} title={derivation}>
                {name}
              </a>{' '}
              <span className="text-muted">{statusWord(status)}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

import { paths } from '@/lib/contract/paths'
import type { TriageBranch } from '@/lib/contract/triage'

/** The derivations that fail, with version: their log here, and the build at its source. */
export function TriageRoots({ roots }: { roots: TriageBranch['derivations'] }) {
  return (
    <ul>
      {roots.map(({ derivation, name, url }) => (
        <li key={`${derivation} ${name}`} className="flex gap-2 whitespace-nowrap">
          {derivation === null ? (
            <a href={url} rel="noreferrer" className="leading-6">
              evaluation
            </a>
          ) : (
            <>
              <a href={paths.derivation(derivation)} title={derivation} className="leading-6">
                {name}
              </a>
              <a href={url} rel="noreferrer" className="text-xs leading-6!" aria-label={`${name} at its source`}>
                source
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

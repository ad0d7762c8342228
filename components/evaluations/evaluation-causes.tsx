import { CauseHead } from '@/components/cause-head'
import { SectionHead } from '@/components/section-head'
import type { FoldedCause } from '@/lib/contract/folded-cause'
import { paths } from '@/lib/contract/paths'

const NAMES_SHOWN = 12

export interface EvaluationCausesProps {
  readonly causes: readonly FoldedCause[]
  readonly titles: ReadonlyMap<string, string>
}

/** One block per root cause, worst first, with the packages that it breaks. */
export function EvaluationCauses({ causes, titles }: EvaluationCausesProps) {
  if (causes.length === 0) return null
  return (
    <section aria-labelledby="causes">
      <SectionHead id="causes" count={causes.length}>
        Root causes
      </SectionHead>
      <ul>
        {causes.map((cause) => (
          <li key={`${cause.derivation} ${cause.name}`} className="border-t border-line px-4 py-2.5">
            <CauseHead cause={cause} titles={titles} />
            <Packages names={cause.packages} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Packages({ names }: { names: readonly string[] }) {
  const link = (name: string) => (
    <li key={name}>
      <a href={paths.package(name)} className="inline-block min-w-6 leading-6">
        {name}
      </a>
    </li>
  )
  const rest = names.slice(NAMES_SHOWN)
  return (
    <ul className="mt-1 ml-6 flex flex-wrap gap-x-3 text-sm">
      {names.slice(0, NAMES_SHOWN).map(link)}
      {rest.length > 0 && (
        <li>
          <details>
            <summary className="leading-6 text-muted underline">and {rest.length} more</summary>
            <ul className="flex flex-wrap gap-x-3">{rest.map(link)}</ul>
          </details>
        </li>
      )}
    </ul>
  )
}

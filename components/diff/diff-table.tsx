import { ArrowRight, Star } from 'lucide-react'
import { FlappingMark } from '@/components/flapping-mark'
import { ResultWord } from '@/components/result-word'
import type { DiffEntry } from '@/lib/contract/diff'
import type { RootCause } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'

export interface DiffTableProps {
  readonly caption: string
  readonly entries: readonly DiffEntry[]
  /** Id of the evaluation on the right: a broken row leads to what changed since it was good. */
  readonly to: string
  /** Where changes of several classes stand together, each row says which. */
  readonly hasChanges?: boolean
  /** The root cause whose block this is: what it blocks now need not name it again. */
  readonly cause?: RootCause
  /** The branch on whose suspects each broken row leads; where a block has its own, none. */
  readonly suspectsOn?: string | undefined
}

/** Attributes of a diff with what they were and what they are. */
export function DiffTable({ caption, entries, to, hasChanges = false, cause, suspectsOn }: DiffTableProps) {
  return (
    <table className="diff-table">
      <caption className="sr-only">{caption}</caption>
      <DiffColumns />
      <thead className="sr-only">
        <tr>
          <th scope="col">Package</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">More</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.before?.attribute} ${entry.attribute}`}>
            <th scope="row">
              <PackageName entry={entry} />
            </th>
            <td className="text-muted">
              <Side side={entry.before} hasVersion={hasNewVersion(entry)} />
            </td>
            <td>
              <span className="flex items-start gap-2">
                <ArrowRight size={14} aria-hidden className="mt-[3px] shrink-0 text-muted max-sm:hidden" />
                <Side side={entry.after} hasVersion isUnderCause={isFirstCause(entry.after, cause)} />
                {entry.flapping && <FlappingMark />}
              </span>
            </td>
            <td className="text-xs text-muted max-md:hidden">
              {hasChanges && <ChangeWord change={entry.change} />}
              {isBroken(entry) && (
                <a href={paths.diffOf({ to, package: entry.package })} className="whitespace-nowrap">
                  since last good
                </a>
              )}
              {isBroken(entry) && suspectsOn !== undefined && (
                <a href={paths.packageSuspects(entry.package, suspectsOn)} className="ml-3">
                  suspects
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The widths that tables of packages share, so that sections stand in line. */
export function DiffColumns() {
  return (
    <colgroup>
      <col className="name" />
      <col className="side" />
      <col className="side" />
      <col className="more" />
    </colgroup>
  )
}

function isBroken({ change }: DiffEntry): boolean {
  return change === 'newly-failing' || change === 'still-failing'
}

function ChangeWord({ change }: Pick<DiffEntry, 'change'>) {
  const isNew = change === 'newly-failing'
  return <span className={`mr-3 ${isNew ? 'font-semibold text-ink' : ''}`}>{isNew ? 'new' : 'still'}</span>
}

/** A package with the attribute that stands for it; both, where the layout calls it otherwise now. */
export function PackageName({ entry }: { entry: Pick<DiffEntry, 'package' | 'headline' | 'attribute' | 'before'> }) {
  const { package: name, headline, attribute, before } = entry
  const was = before !== null && before.attribute !== attribute ? before.attribute : null
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      {headline && (
        <Star size={12} className="shrink-0 translate-y-px fill-current text-(--busy)" aria-label="headline" />
      )}
      <span className="min-w-0">
        <a href={paths.package(name)} className={headline ? 'font-semibold' : 'font-medium'}>
          {name}
        </a>
        {(attribute !== name || was !== null) && (
          <code className="block text-xs break-all text-muted">
            {was !== null && `${was} → `}
            {attribute}
          </code>
        )}
      </span>
    </span>
  )
}

function hasNewVersion({ before, after }: DiffEntry): boolean {
  return before?.version !== after?.version
}

function isFirstCause(side: DiffEntry['after'], cause: RootCause | undefined): boolean {
  const first = side?.rootCauses[0]
  return cause !== undefined && first?.derivation === cause.derivation && first.name === cause.name
}

interface SideProps {
  readonly side: DiffEntry['before']
  readonly hasVersion: boolean
  readonly isUnderCause?: boolean
}

function Side({ side, hasVersion, isUnderCause = false }: SideProps) {
  const derivation = side?.derivation ?? null
  const word = <ResultWord result={side} isUnderCause={isUnderCause} />
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {derivation === null ? (
        word
      ) : (
        <a href={paths.derivation(derivation)} className="text-inherit!" title={derivation}>
          {word}
        </a>
      )}
      {hasVersion && side?.version && <span className="font-mono text-xs text-muted">{side.version}</span>}
    </span>
  )
}

import type { ReactNode } from 'react'
import { groupedNumber } from '@/components/age'
import { CauseHead } from '@/components/cause-head'
import { SectionHead } from '@/components/section-head'
import type { Diff, DiffEntry } from '@/lib/contract/diff'
import { countOf, type DiffClass } from './diff-classes'
import { NoLongerCached, VersionChanges } from './diff-lists'
import { DiffTable } from './diff-table'
import { type CauseGroup, groupByCause, suspectsOf } from './group-diff'

export interface DiffSectionsProps {
  readonly diff: Diff
  /** The classes that are shown; none chosen means all. */
  readonly shown: readonly DiffClass[]
  readonly titles: ReadonlyMap<string, string>
  /** Suspected commits of a package on the branch of the right side: an island of the page. */
  readonly suspects: (name: string) => ReactNode
  /** Where the undecided are shown as well. */
  readonly undecidedHref: string
}

/** What changed: broken attributes under their causes first, then every other class on its own. */
export function DiffSections({ diff, shown, titles, suspects, undecidedHref }: DiffSectionsProps) {
  const isShown = (one: DiffClass) => shown.length === 0 || shown.includes(one)
  const of = (...classes: DiffClass[]) =>
    diff.entries.filter(({ change }) => classes.some((one) => one === change && isShown(one)))
  const broken = groupByCause(diff, of('newly-failing', 'still-failing'))
  const to = diff.to.id
  return (
    <>
      <Causes groups={broken.causes} {...{ titles, suspects }} to={diff.to} />
      <Entries title="Broken by themselves" entries={broken.own} to={to} hasChanges suspectsOn={diff.to.branch} />
      <Entries title="Newly fixed" entries={of('newly-fixed')} to={to} />
      <Undecided entries={of('undecided')} count={countOf(diff, 'undecided')} to={to} href={undecidedHref} />
      {isShown('version-changed') && <VersionChanges changes={diff.versionChanges} />}
      <Entries title="Added" entries={of('added')} to={to} />
      <Entries title="Removed" entries={of('removed')} to={to} />
      {isShown('no-longer-cached') && <NoLongerCached evicted={diff.noLongerCached} />}
    </>
  )
}

interface CausesProps extends Pick<DiffSectionsProps, 'titles' | 'suspects'> {
  readonly groups: readonly CauseGroup[]
  readonly to: Diff['to']
}

function Causes({ groups, titles, suspects, to }: CausesProps) {
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="causes">
      <SectionHead id="causes" count={groups.length}>
        Root causes
      </SectionHead>
      {groups.map(({ cause, entries }) => (
        <article key={`${cause.derivation} ${cause.name}`} className="border-t border-line px-4 pt-3 pb-4">
          <CauseHead cause={cause} titles={titles} />
          <div className="mt-1 text-sm">
            <CauseSuspects group={{ cause, entries }} {...{ titles, suspects, to }} />
          </div>
          <div className="mt-2">
            <DiffTable caption={`Broken by ${cause.name}`} {...{ entries, cause }} to={to.id} hasChanges />
          </div>
        </article>
      ))}
    </section>
  )
}

/** Suspects are told of what is broken now: of an older evaluation's cause they would speak of something else. */
function CauseSuspects({ group, titles, suspects, to }: Omit<CausesProps, 'groups'> & { group: CauseGroup }) {
  const name = suspectsOf(group)
  const isNow = group.cause.brokenNow.some(({ branch }) => branch === to.branch)
  if (name !== null && isNow) return suspects(name)
  return (
    <p className="text-muted">
      It breaks nothing on {titles.get(to.branch) ?? to.branch} any more, so no commits are suspected.
    </p>
  )
}

interface EntriesProps {
  readonly title: string
  readonly entries: readonly DiffEntry[]
  readonly to: string
  readonly hasChanges?: boolean
  readonly suspectsOn?: string
}

function Entries({ title, entries, to, hasChanges = false, suspectsOn }: EntriesProps) {
  if (entries.length === 0) return null
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id} count={entries.length}>
        {title}
      </SectionHead>
      <div className="px-4">
        <DiffTable caption={title} {...{ entries, to, hasChanges, suspectsOn }} />
      </div>
    </section>
  )
}

/** What no side has decided yet is never left out in silence. */
function Undecided({ count, href, ...list }: Omit<EntriesProps, 'title'> & { count: number; href: string }) {
  if (list.entries.length > 0 || count === 0) return <Entries title="Undecided" {...list} />
  return (
    <p className="px-4 pt-6 text-sm text-muted">
      {groupedNumber(count)} undecided {count === 1 ? 'attribute is' : 'attributes are'} left out by this choice.{' '}
      <a href={href}>Show {count === 1 ? 'it' : 'them'}</a>
    </p>
  )
}

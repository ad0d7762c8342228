import { Fragment, type ReactNode } from 'react'
import { groupedNumber } from '@/components/age'
import { LogExcerptView } from '@/components/derivation/log-excerpt'
import { FlappingMark } from '@/components/flapping-mark'
import { RelativeTime } from '@/components/relative-time'
import { StatusMark } from '@/components/status-mark'
import { paths } from '@/lib/contract/paths'
import type { TriageBranch, TriageEntry } from '@/lib/contract/triage'
import { cellWord } from '@/lib/domain/cell-word'
import { TriageBranches } from './triage-branches'
import { TriageSaid } from './triage-said'
import { TriageStateWord } from './triage-state'

export interface TriageArticleProps {
  readonly entry: TriageEntry
  readonly now: Date
  readonly nixpkgsUrl: string
  /** Is it the one in the tab order of the list? Undefined while no script runs: then none is. */
  readonly isCurrent: boolean | undefined
  /** Beside the name, and below what is known: what one may do. */
  readonly quick?: ReactNode
  /** Suspected commits on one of its branches: an island of the page, which asks when it is opened. */
  readonly suspects?: (branch: TriageBranch) => ReactNode
  readonly children?: ReactNode
}

/** One root cause: its name, what it blocks where, since when, and what people say of it. */
export function TriageArticle(props: TriageArticleProps) {
  const { entry, now, nixpkgsUrl, isCurrent, quick, suspects, children } = props
  const headingId = `cause-${entry.id}`
  return (
    <article
      aria-labelledby={headingId}
      data-cause={entry.id}
      tabIndex={isCurrent === undefined ? undefined : isCurrent ? 0 : -1}
      className="grid gap-2 px-4 py-4 focus-visible:-outline-offset-2"
    >
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h2 id={headingId} className="flex min-w-0 items-start gap-2 text-lg font-semibold">
          <span className="pt-1">
            <StatusMark mark={wordOf(entry).mark} />
          </span>
          <span className="min-w-0 break-words">
            {entry.kind === 'eviction' ? <a href={paths.caches()}>{entry.name}</a> : entry.name}
          </span>
        </h2>
        <p className="flex flex-wrap gap-x-3 pt-0.5 text-sm text-muted">
          <span>{wordOf(entry).word}</span>
          {entry.system !== null && <span>{entry.system}</span>}
          <span className="text-ink">{blocksWords(entry)}</span>
          {entry.flapping > 0 && <FlappingMark count={entry.flapping} />}
          <TriageStateWord state={entry.state} />
          {entry.reopened > 0 && entry.reopenedAt !== null && (
            <span>
              came back <RelativeTime at={entry.reopenedAt} now={now} suffix=" ago" />
              {entry.reopened > 1 && `, ${groupedNumber(entry.reopened)} times in all`}
            </span>
          )}
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-2">{quick}</div>
      </header>
      <TriageBranches entry={entry} now={now} nixpkgsUrl={nixpkgsUrl} />
      {suspects !== undefined && entry.kind !== 'eviction' && (
        <div className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {entry.branches.map((branch) => (
            <Fragment key={branch.name}>{suspects(branch)}</Fragment>
          ))}
        </div>
      )}
      {entry.excerpt !== null && <LogExcerptView derivation={entry.excerpt.derivation} excerpt={entry.excerpt} />}
      <TriageSaid entry={entry} now={now} />
      {children}
    </article>
  )
}

/** Such as `breaks 14 packages, 2 of them headline`. */
export function blocksWords({ blocks, headlines, kind }: Pick<TriageEntry, 'blocks' | 'headlines' | 'kind'>): string {
  const verb = kind === 'eviction' ? 'threw out' : 'breaks'
  const packages = blocks === 1 ? `${verb} 1 package` : `${verb} ${groupedNumber(blocks)} packages`
  if (headlines === 0) return packages
  if (headlines === blocks) return blocks === 1 ? `${verb} 1 headline package` : `${packages}, all of them headline`
  return `${packages}, ${groupedNumber(headlines)} of them headline`
}

function wordOf({ kind, branches }: TriageEntry) {
  if (kind === 'eviction') return { mark: 'built-evicted', word: 'cache, evicted what was ready' } as const
  const status = branches[0]?.derivations[0]?.status ?? (kind === 'evaluation' ? 'evaluation-failed' : 'failed')
  return cellWord({ status, isReady: false, presence: 'unchecked', cause: null })
}

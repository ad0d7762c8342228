import type { MatrixBranch } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { ageWords } from '@/lib/domain/age'
import { groupedNumber } from './age'

export interface FreshnessStripProps {
  readonly branches: readonly MatrixBranch[]
  readonly now: Date
  /** Where narrow screens have the same on the page itself. */
  readonly isWideOnly: boolean
}

/** One pill per branch: which, how old, how well. The shape of its dot says whether it can be relied on. */
export function FreshnessStrip({ branches, now, isWideOnly }: FreshnessStripProps) {
  return (
    <ul
      aria-label="Freshness of branches"
      className={`flex min-w-0 items-center gap-1 overflow-x-auto ${isWideOnly ? 'max-md:hidden' : ''}`}
    >
      {branches.map((branch) => (
        <li key={branch.name}>
          <a
            href={paths.matrixOf(branch.name)}
            className="flex h-7 items-center gap-1.5 rounded-full border border-line px-2.5 text-xs whitespace-nowrap text-ink! no-underline! hover:bg-hover"
            title={titleOf(branch)}
          >
            <FreshnessDot freshness={branch.freshness} />
            <span>{branch.title}</span>
            <span className="tabular text-muted">{wordsOf(branch, now)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

const DOTS = {
  fresh: <circle cx="4" cy="4" r="3.5" fill="var(--good)" />,
  stale: <path d="M.5 1.5h7L4 7.5z" fill="var(--idle)" />,
  never: <circle cx="4" cy="4" r="3" fill="none" stroke="var(--idle)" />,
} satisfies Record<MatrixBranch['freshness'], unknown>

function FreshnessDot({ freshness }: Pick<MatrixBranch, 'freshness'>) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
      {DOTS[freshness]}
    </svg>
  )
}

function wordsOf({ evaluation, freshness, ready, packages }: MatrixBranch, now: Date): string {
  if (!evaluation?.finishedAt) return 'never'
  const age = ageWords(evaluation.finishedAt, now)
  const old = freshness === 'stale' ? `${age} old` : age
  return `${old} · ${groupedNumber(ready)}/${groupedNumber(packages)}`
}

function titleOf({ title, freshness, staleReasons }: MatrixBranch): string {
  return [`${title} alone: ${freshness}`, ...staleReasons].join('. ')
}

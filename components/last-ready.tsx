import type { MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { RelativeTime } from './relative-time'
import { Revision } from './revision'

export interface LastReadyProps {
  readonly row: MatrixPackage
  readonly branches: readonly MatrixBranch[]
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly tabIndex?: number
}

/** The revision to pin for a headline package: of the first branch where it is missed now, else of the first one. */
export function LastReady({ row, branches, now, nixpkgsUrl, tabIndex }: LastReadyProps) {
  const known = branches.filter(({ name }) => row.cells[name]?.lastReady?.nixpkgsRevision)
  const branch = known.find(({ name }) => !row.cells[name]?.ready) ?? known[0]
  const point = branch && row.cells[branch.name]?.lastReady
  if (!branch || !point?.nixpkgsRevision) {
    return <span className="block text-xs text-muted">never seen ready on any branch</span>
  }
  return (
    <span className="block text-xs text-muted">
      last ready revision on {branch.title}:{' '}
      <Revision
        revision={point.nixpkgsRevision}
        nixpkgsUrl={nixpkgsUrl}
        {...(tabIndex !== undefined && { tabIndex })}
      />
      {point.at !== null && (
        <>
          {' ('}
          <RelativeTime at={point.at} now={now} />)
        </>
      )}
      {' · '}
      <a
        href={paths.pinOf({ branches: [branch.name], packages: [row.name] })}
        aria-label={`pin ${row.name} on ${branch.title}`}
        className="underline"
        {...(tabIndex !== undefined && { tabIndex })}
      >
        pin
      </a>
    </span>
  )
}

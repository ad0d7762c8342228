import { Revision } from '@/components/revision'
import type { Diff } from '@/lib/contract/diff'

/** The nixpkgs revisions that lie between the two sides. */
export function DiffRange({ diff, nixpkgsUrl }: { diff: Diff; nixpkgsUrl: string }) {
  const { nixpkgs, from, to } = diff
  if (nixpkgs === null) {
    return <p className="text-sm text-muted">The nixpkgs revision of one side is not known, so there is no range.</p>
  }
  if (nixpkgs.from === nixpkgs.to) {
    return (
      <p className="text-sm text-muted">
        Both sides have nixpkgs <Revision revision={nixpkgs.to} nixpkgsUrl={nixpkgsUrl} />: no commit of nixpkgs lies
        between them.
      </p>
    )
  }
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
      nixpkgs
      <Revision revision={nixpkgs.from} nixpkgsUrl={nixpkgsUrl} />
      <DayOf at={from.nixpkgsDate} />
      <span aria-hidden="true">→</span>
      <span className="sr-only">to</span>
      <Revision revision={nixpkgs.to} nixpkgsUrl={nixpkgsUrl} />
      <DayOf at={to.nixpkgsDate} />
      <a href={nixpkgs.compareUrl} rel="noreferrer">
        Compare the commits
      </a>
    </p>
  )
}

function DayOf({ at }: { at: string | null }) {
  return at === null ? null : <time dateTime={at}>{at.slice(0, 10)}</time>
}

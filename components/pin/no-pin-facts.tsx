import type { ReactNode } from 'react'
import { Revision } from '@/components/revision'
import { paths } from '@/lib/contract/paths'
import type { NoPin } from '@/lib/contract/pin'
import { PinBlocks } from './pin-blocks'
import { PinNotices } from './pin-notices'
import { behindWords } from './pin-words'

export interface NoPinFactsProps {
  readonly none: NoPin
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly action: ReactNode
}

/** Who stands in the way, since when, and what could be pinned without. */
export function NoPinFacts({ none, now, nixpkgsUrl, action }: NoPinFactsProps) {
  const { title, branch, best, blocked, revisions, unread, checks, silentCaches } = none
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-base font-semibold">{title}</p>
      {revisions === 0 && unread === 0 && (
        <p className="text-sm text-muted">There is something to pin once a sync has read its first evaluation.</p>
      )}
      <PinNotices checks={checks} silentCaches={silentCaches} notes={[]} now={now} />
      {best !== null && (
        <p className="max-w-[88ch] text-sm">
          Without {list(best.without)},{' '}
          <a href={paths.pinOf({ branches: [branch], packages: best.packages })}>
            {list(best.packages)} {best.packages.length === 1 ? 'is' : 'are'} ready
          </a>{' '}
          on nixpkgs <Revision revision={best.revision} nixpkgsUrl={nixpkgsUrl} /> ({behindWords(best.behind)}).
        </p>
      )}
      {checks !== null && <p>{action}</p>}
      <PinBlocks title="What stands in the way" {...{ blocked, unread, now, nixpkgsUrl }} />
    </div>
  )
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names)
}

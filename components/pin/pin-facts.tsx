import type { ReactNode } from 'react'
import { byteWords } from '@/components/bytes'
import { Fact } from '@/components/evaluations/fact'
import { RelativeTime } from '@/components/relative-time'
import { Revision } from '@/components/revision'
import { StatusMark } from '@/components/status-mark'
import { paths } from '@/lib/contract/paths'
import type { Pin } from '@/lib/contract/pin'
import { PinBlocks } from './pin-blocks'
import { PinNotices } from './pin-notices'
import { PinPackages } from './pin-packages'
import { PinSnippets } from './pin-snippets'
import { behindWords } from './pin-words'

export interface PinFactsProps {
  readonly pin: Pin
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly isAlone: boolean
  readonly action: ReactNode
}

/** The revision to pin, what it stands on, and how to pin it. */
export function PinFacts({ pin, now, nixpkgsUrl, isAlone, action }: PinFactsProps) {
  const { revision, date, evaluation, behind, size, branch, packages, links } = pin
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
        <span className="flex items-center gap-2 font-semibold">
          <StatusMark mark={pin.checks.fresh ? 'ready' : 'built-unknown'} />
          nixpkgs <Revision revision={revision} nixpkgsUrl={nixpkgsUrl} />
        </span>
        {date !== null && <RelativeTime at={date} now={now} suffix=" old" />}
        <span className="text-muted">{behindWords(behind)}</span>
      </p>
      <PinNotices checks={pin.checks} silentCaches={pin.silentCaches} notes={pin.notes} now={now} />
      <dl className="fact-list max-w-[72ch]">
        <Fact term="Download">{sizeWords(size)}</Fact>
        <Fact term="Evaluation">
          <a href={paths.evaluation(evaluation.id)}>#{evaluation.index}</a>
          {evaluation.finishedAt !== null && (
            <>
              {', '}
              <RelativeTime at={evaluation.finishedAt} now={now} suffix=" ago" />
            </>
          )}
        </Fact>
        <Fact term="Caches asked">
          {pin.checks.oldestAt === null ? (
            'never'
          ) : (
            <>
              <RelativeTime at={pin.checks.oldestAt} now={now} suffix=" ago" />, the oldest answer
            </>
          )}
        </Fact>
        <Fact term="Links">
          <a href={links.archive} rel="noreferrer">
            archive
          </a>
          {' · '}
          <a href={paths.pinArchive(branch, packages)} rel="nofollow">
            archive that follows this pin
          </a>
          {' · '}
          <a href={paths.badge({ kind: 'pin', branch, packages })}>badge</a>
        </Fact>
      </dl>
      <p>{action}</p>
      <PinPackages pin={pin} now={now} />
      <PinSnippets pin={pin} isOpen={isAlone} />
      <PinBlocks
        title="What stood in the way since"
        blocked={pin.blocked}
        unread={pin.unread}
        {...{ now, nixpkgsUrl }}
      />
    </div>
  )
}

function sizeWords({ fileBytes, narBytes }: Pin['size']): string {
  const parts = [
    ...(fileBytes === null ? [] : [byteWords(fileBytes)]),
    ...(narBytes === null ? [] : [`${byteWords(narBytes)} unpacked`]),
  ]
  if (parts.length === 0) return 'size not known'
  return `${parts.join(', ')}; without what the packages depend on`
}

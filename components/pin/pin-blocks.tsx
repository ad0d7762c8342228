import { Point } from '@/components/point'
import { RelativeTime } from '@/components/relative-time'
import { StatusMark } from '@/components/status-mark'
import { paths } from '@/lib/contract/paths'
import type { Block, BlockedPackage } from '@/lib/contract/pin'
import { cellWord } from '@/lib/domain/cell-word'

export interface PinBlocksProps {
  readonly title: string
  readonly blocked: readonly BlockedPackage[]
  /** Newer evaluations whose nixpkgs revision is not known yet. */
  readonly unread: number
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** Per package what stood in its way, newest first. */
export function PinBlocks({ title, blocked, unread, now, nixpkgsUrl }: PinBlocksProps) {
  if (blocked.length === 0 && unread === 0) return null
  return (
    <div className="grid gap-1 text-sm">
      <h3 className="text-sm font-semibold">{title}</h3>
      <ul className="grid gap-2">
        {blocked.map(({ name, blocks, lastReady }) => (
          <li key={name}>
            <a href={paths.package(name)} className="inline-block py-0.5 font-medium">
              {name}
            </a>
            <ul className="grid gap-0.5 pl-3">
              {blocks.map((block) => (
                <li key={block.until.evaluation} className="flex items-start gap-2 py-0.5">
                  <StatusMark mark={markOf(block)} size={14} />
                  <span>
                    <BlockWords block={block} now={now} />
                  </span>
                </li>
              ))}
            </ul>
            <p className="pl-3 text-xs text-muted">
              {lastReady === null ? (
                'Ready on no revision that is stored.'
              ) : (
                <>
                  Ready by itself <Point point={lastReady} {...{ now, nixpkgsUrl }} />
                </>
              )}
            </p>
          </li>
        ))}
        {unread > 0 && (
          <li className="text-muted">
            {unread} newer {unread === 1 ? 'evaluation has' : 'evaluations have'} no known nixpkgs revision yet.
          </li>
        )}
      </ul>
    </div>
  )
}

function markOf({ status, presence }: Block) {
  return cellWord({ status, isReady: false, presence, cause: null }).mark
}

function BlockWords({ block: { word, rootCauses, since, until, revisions }, now }: { block: Block; now: Date }) {
  const [cause] = rootCauses
  const span = `${revisions} ${revisions === 1 ? 'revision' : 'revisions'}`
  return (
    <>
      {cause?.derivation == null ? word : <a href={paths.derivation(cause.derivation)}>{word}</a>}
      <span className="text-muted">
        {', '}
        {span}
        {since.at !== null && (
          <>
            {', since '}
            <a href={paths.evaluation(since.evaluation)}>
              <RelativeTime at={since.at} now={now} suffix=" ago" />
            </a>
          </>
        )}
        {until.at !== null && until.evaluation !== since.evaluation && (
          <>
            {', last '}
            <RelativeTime at={until.at} now={now} suffix=" ago" />
          </>
        )}
      </span>
    </>
  )
}

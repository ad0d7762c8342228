import { byteWords } from '@/components/bytes'
import { HeadRow } from '@/components/head-row'
import { RelativeTime } from '@/components/relative-time'
import { Revision } from '@/components/revision'
import { durationWords } from '@/components/sync/spans'
import type { HistoryPoint } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'

const HEADS = ['Evaluation', 'Finished', 'Status', 'Version', 'nixpkgs', 'NAR size', 'Build time']

/** The same history as a table, newest first. */
export function HistoryTable(props: {
  history: readonly HistoryPoint[]
  now: Date
  nixpkgsUrl: string
  caption: string
}) {
  const { history, now, nixpkgsUrl, caption } = props
  return (
    <table className="w-full border-collapse text-left text-xs">
      <caption className="sr-only">{caption}</caption>
      <HeadRow heads={HEADS} isSmall />
      <tbody>
        {[...history].reverse().map((point) => (
          <HistoryRow key={point.evaluation.id} {...{ point, now, nixpkgsUrl }} />
        ))}
      </tbody>
    </table>
  )
}

function HistoryRow({ point, now, nixpkgsUrl }: { point: HistoryPoint; now: Date; nixpkgsUrl: string }) {
  const { evaluation } = point
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-1 pr-4 font-normal">
        <a href={paths.evaluation(evaluation.id)}>#{evaluation.index}</a>
      </th>
      <td className="pr-4">
        {evaluation.finishedAt === null ? (
          'not told'
        ) : (
          <RelativeTime at={evaluation.finishedAt} now={now} suffix=" ago" />
        )}
      </td>
      <td className="pr-4">
        {statusWord(point.status)}
        {point.isReadLate && evaluation.observedAt !== null && (
          <span className="text-muted"> as read on {evaluation.observedAt.slice(0, 10)}</span>
        )}
      </td>
      <td className="pr-4 font-mono">{point.version ?? ''}</td>
      <td className="pr-4">
        {evaluation.nixpkgsRevision === null ? (
          <span className="text-muted">not read yet</span>
        ) : (
          <Revision revision={evaluation.nixpkgsRevision} nixpkgsUrl={nixpkgsUrl} />
        )}
      </td>
      <td className="pr-4 whitespace-nowrap">{point.narSize === null ? '' : byteWords(point.narSize)}</td>
      <td className="pr-4 whitespace-nowrap">
        {point.buildSeconds === null ? '' : durationWords(point.buildSeconds * 1000)}
      </td>
    </tr>
  )
}

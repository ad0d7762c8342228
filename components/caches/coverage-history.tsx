import { groupedNumber } from '@/components/age'
import { unreadyWords } from '@/components/unready-words'
import type { Coverage } from '@/lib/contract/caches'
import { TableRegion } from './table-region'

const HEADS = ['Branch', 'From', 'Until', 'Cached', 'Needed', 'Not here']

/** The history of coverage as a table, newest first. */
export function CoverageHistory({ id, coverage }: { id: string; coverage: readonly Coverage[] }) {
  const rows = coverage
    .flatMap(({ branch, title, points }) => points.map((point) => ({ branch, title, point })))
    .sort((a, b) => b.point.day.localeCompare(a.point.day))
  return (
    <TableRegion summary="as a table: a line per day on which something changed" label={`History of ${id}`}>
      <table className="w-full border-collapse text-left text-xs">
        <caption className="sr-only">What {id} held of each branch, newest first</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {HEADS.map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ branch, title, point: { day, until, needed, presences } }) => (
            <tr key={`${branch} ${day}`} className="border-b border-line">
              <th scope="row" className="py-1 pr-4 font-normal">
                {title}
              </th>
              <td className="pr-4 whitespace-nowrap">{day}</td>
              <td className="pr-4 whitespace-nowrap">{until.slice(0, 10)}</td>
              <td className="pr-4">{groupedNumber(presences.cached)}</td>
              <td className="pr-4">{groupedNumber(needed)}</td>
              <td className="pr-4">{unreadyWords(presences)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

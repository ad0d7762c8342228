import { groupedNumber } from '@/components/age'
import type { Survival } from '@/lib/contract/caches'
import { TableRegion } from './table-region'

const HEADS = ['Days', 'Observed so long', 'Evicted then', 'Last seen alive then', 'Live longer']

/** The curve of survival as a table. */
export function SurvivalTable({ id, survival }: { id: string; survival: Survival }) {
  return (
    <TableRegion summary="as a table" label={`Survival in ${id}`}>
      <table className="w-full border-collapse text-left text-xs">
        <caption className="sr-only">Survival of outputs in {id}</caption>
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
          {survival.curve.map(({ days, atRisk, evicted, censored, survival: share }) => (
            <tr key={days} className="border-b border-line">
              <th scope="row" className="py-1 pr-4 font-normal">
                {groupedNumber(days)}
              </th>
              <td className="pr-4">{groupedNumber(atRisk)}</td>
              <td className="pr-4">{groupedNumber(evicted)}</td>
              <td className="pr-4">{groupedNumber(censored)}</td>
              <td className="pr-4">{(share * 100).toFixed(1)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

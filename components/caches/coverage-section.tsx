import { groupedNumber } from '@/components/age'
import { byteWords } from '@/components/bytes'
import { RelativeTime } from '@/components/relative-time'
import { unreadyWords } from '@/components/unready-words'
import type { Cache, Coverage, CoveragePoint } from '@/lib/contract/caches'
import { paths } from '@/lib/contract/paths'
import { CoverageChart } from './coverage-chart'
import { CoverageHistory } from './coverage-history'

/** What a cache holds of what each branch needs, now and over time. */
export function CoverageSection({ cache: { id, coverage }, now }: { cache: Cache; now: Date }) {
  const counted = coverage.filter(({ points }) => points.length > 0)
  return (
    <section aria-labelledby={`coverage-${id}`} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 id={`coverage-${id}`} className="font-semibold">
        What it holds
      </h3>
      {counted.length === 0 ? (
        <p className="text-muted">
          Not counted yet: the sync does it once evaluations were read and the cache was asked.
        </p>
      ) : (
        <>
          <p className="max-w-[80ch] text-sm text-muted">
            Outputs that users download of what is built on each branch now, and how many of them are here, signed by a
            trusted key.
          </p>
          <table className="list-table -mx-4 w-[calc(100%+32px)]! max-w-5xl">
            <caption className="sr-only">Outputs of each branch in {id}</caption>
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {counted.map((branch) => (
                <BranchRow key={branch.branch} branch={branch} now={now} />
              ))}
            </tbody>
          </table>
          <div className="max-w-3xl">
            <CoverageChart coverage={counted} />
            <CoverageHistory id={id} coverage={counted} />
          </div>
        </>
      )}
    </section>
  )
}

const HEADS = ['Branch', 'Cached', 'Not here', 'To download', 'Unpacked', 'Counted']

function BranchRow({ branch: { branch, title, points }, now }: { branch: Coverage; now: Date }) {
  const newest = points.at(-1)
  if (newest === undefined) return null
  const { presences, fileSize, narSize, until } = newest
  return (
    <tr>
      <th scope="row">
        <a href={paths.branch(branch)}>{title}</a>
      </th>
      <td>
        <Share point={newest} />
      </td>
      <td>{unreadyWords(presences) || 'nothing is missing'}</td>
      <td className="whitespace-nowrap">
        {sizeWords(fileSize, presences.cached)}
        <Narrow>to download</Narrow>
      </td>
      <td className="whitespace-nowrap">
        {sizeWords(narSize, presences.cached)}
        <Narrow>unpacked</Narrow>
      </td>
      <td>
        <RelativeTime at={until} now={now} suffix=" ago" />
      </td>
    </tr>
  )
}

/** The head of a column, where the table is folded and has none. */
function Narrow({ children }: { children: string }) {
  return <span className="text-muted md:hidden"> {children}</span>
}

function Share({ point: { presences, needed, lastCached } }: { point: CoveragePoint }) {
  return (
    <span className="tabular">
      {groupedNumber(presences.cached)} of {groupedNumber(needed)}
      {presences.unreachable > 0 && (
        <span className="text-muted"> · {groupedNumber(presences.cached + lastCached)} when it last answered</span>
      )}
    </span>
  )
}

/** Bytes of the cached outputs; of how many, where some do not tell theirs. */
function sizeWords({ bytes, outputs }: CoveragePoint['fileSize'], cached: number): string {
  if (cached === 0) return '–'
  if (outputs === 0) return 'not told'
  return outputs === cached ? byteWords(bytes) : `${byteWords(bytes)}, of ${groupedNumber(outputs)} outputs`
}

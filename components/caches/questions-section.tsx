import { exactTime, groupedNumber } from '@/components/age'
import type { Cache, QuestionHour } from '@/lib/contract/caches'
import { TableRegion } from './table-region'

const HEADS = ['Hour', 'Health', 'Keys', 'Bulk', 'Narinfo', 'For a person']
/** Hours that the page lists; the JSON has two weeks. */
const HOURS_SHOWN = 24
const DAY_MS = 86_400_000

/** How often a cache was asked, hour by hour, and why. */
export function QuestionsSection({ cache, now }: { cache: Cache; now: Date }) {
  const { id, questions } = cache
  const shown = questions.slice(0, HOURS_SHOWN)
  const today = questions.filter(({ hour }) => now.getTime() - Date.parse(hour) < DAY_MS)
  return (
    <section aria-labelledby={`questions-${id}`} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 id={`questions-${id}`} className="font-semibold">
        Questions per hour
      </h3>
      <p className="max-w-[80ch]">
        {groupedNumber(today.reduce((sum, hour) => sum + allOf(hour), 0))} questions in the last 24 hours.
      </p>
      {shown.length > 0 && <QuestionTable id={id} hours={shown} />}
      <p className="max-w-[80ch] text-xs text-muted">
        Health reads nix-cache-info. {reasonWords(cache)} Retries count. No path is asked for again within{' '}
        {cache.recheckMinutes} minutes unless a person, or the command line, asks.
      </p>
    </section>
  )
}

function reasonWords({ kind }: Cache): string {
  return kind === 'cachix'
    ? 'Keys reads which keys the cache publishes. Bulk asks whether up to 1000 paths are there without reading any of them. Narinfo reads one path once, to verify it, when bulk shows it for the first time; one that is not trusted is read again ever more rarely: a reading may count as an access, and would keep alive what the cache could collect.'
    : 'Narinfo reads one path: this kind of cache has no bulk question, so each path that the matrix shows now, and no older one, is asked for by itself.'
}

function allOf({ health, keys, bulk, narinfo }: QuestionHour): number {
  return health + keys + bulk + narinfo
}

function QuestionTable({ id, hours }: { id: string; hours: readonly QuestionHour[] }) {
  return (
    <TableRegion summary="hour by hour, and why" label={`Questions at ${id}`}>
      <table className="border-collapse text-left text-xs">
        <caption className="sr-only">Questions asked at {id} per hour, newest first</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {HEADS.map((head) => (
              <th key={head} scope="col" className="py-1 pr-6 font-normal whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map(({ hour, health, keys, bulk, narinfo, byPerson }) => (
            <tr key={hour} className="border-b border-line">
              <th scope="row" className="py-1 pr-6 font-normal whitespace-nowrap">
                <time dateTime={hour}>{exactTime(hour)}</time>
              </th>
              {[health, keys, bulk, narinfo, byPerson].map((count, index) => (
                <td key={HEADS[index + 1]} className="pr-6">
                  {groupedNumber(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

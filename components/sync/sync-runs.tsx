import { groupedNumber } from '@/components/age'
import { HeadRow } from '@/components/head-row'
import { RelativeTime } from '@/components/relative-time'
import type { SyncReport, SyncRun } from '@/lib/contract/sync'
import { TRIGGER_WORDS } from '@/lib/contract/sync-words'
import { durationWords } from './spans'

const STATUS = {
  running: { mark: 'building', symbol: '◐', word: 'running' },
  done: { mark: 'ready', symbol: '✓', word: 'done' },
  failed: { mark: 'failed', symbol: '✕', word: 'ended with faults' },
} satisfies Record<SyncRun['status'], { mark: string; symbol: string; word: string }>

const HEADS = ['Started', 'By', 'Result', 'Took', 'Evaluations', 'Results', 'Cache checks']

/** The syncs that ran, newest first, each with what failed and why. */
export function SyncRuns({ runs, now }: { runs: SyncReport['runs']; now: Date }) {
  if (runs.length === 0) {
    return <p>Nothing was read yet. The first sync starts with the server, or with npm run sync.</p>
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section aria-label="Past syncs" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">Past syncs, newest first</caption>
        <HeadRow heads={HEADS} />
        {runs.map((run) => (
          <RunRows key={run.id} run={run} now={now} />
        ))}
      </table>
    </section>
  )
}

function RunRows({ run, now }: { run: SyncRun; now: Date }) {
  const { evaluations, results, checks } = run.counts
  const endMs = run.finishedAt === null ? now.getTime() : Date.parse(run.finishedAt)
  return (
    <tbody className="border-b border-line">
      <tr>
        <th scope="row" className="py-2 pr-4 font-normal">
          <RelativeTime at={run.startedAt} now={now} suffix=" ago" />
        </th>
        <td className="pr-4">
          {TRIGGER_WORDS[run.trigger]}
          {run.who !== null && ` (${run.who})`}
        </td>
        <td className="pr-4">
          <RunStatus status={run.status} />
        </td>
        <td className="pr-4 whitespace-nowrap">{durationWords(endMs - Date.parse(run.startedAt))}</td>
        <td className="pr-4">{groupedNumber(evaluations)}</td>
        <td className="pr-4">{groupedNumber(results)}</td>
        <td className="pr-4">{groupedNumber(checks)}</td>
      </tr>
      {run.errors.length > 0 && (
        <tr>
          <td colSpan={HEADS.length} className="pb-2">
            <RunFaults errors={run.errors} />
          </td>
        </tr>
      )}
    </tbody>
  )
}

function RunStatus({ status }: { status: SyncRun['status'] }) {
  const { mark, symbol, word } = STATUS[status]
  return (
    <span data-mark={mark} className="whitespace-nowrap">
      <span aria-hidden="true" className="tone">
        {symbol}
      </span>{' '}
      {word}
    </span>
  )
}

function RunFaults({ errors }: { errors: SyncRun['errors'] }) {
  return (
    <details>
      <summary className="w-fit underline underline-offset-2">
        {errors.length === 1 ? 'One fault' : `${errors.length} faults`}
      </summary>
      <ul className="mt-2 grid gap-2">
        {errors.map(({ source, address, reason, at }) => (
          <li key={`${at} ${source} ${address} ${reason}`}>
            <span className="font-medium">{source}</span>: {reason}
            {address !== '' && <code className="block break-all text-muted">{address}</code>}
          </li>
        ))}
      </ul>
    </details>
  )
}

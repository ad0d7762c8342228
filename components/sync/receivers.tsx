import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/relative-time'
import type { ReceiverReport } from '@/lib/contract/sync'
import { untilWords } from './spans'

interface ReceiversProps {
  readonly receivers: readonly ReceiverReport[]
  readonly now: Date
  /** What may be done with a receiver by whoever looks. */
  readonly toolsOf?: (id: string) => ReactNode
}

/** Who is notified of changes: what arrived last, what waits, and what fails for which reason. */
export function Receivers({ receivers, now, toolsOf }: ReceiversProps) {
  if (receivers.length === 0) return <p>Nobody is notified: the configuration names no receivers.</p>
  return (
    <ul className="grid gap-4">
      {receivers.map((receiver) => (
        <li key={receiver.id} className="grid gap-1">
          <p>
            <span className="font-medium">{receiver.id}</span> <span className="text-muted">{receiver.kind}</span>{' '}
            <span className="break-all text-muted">{receiver.to}</span>
          </p>
          {receiver.isEnabled ? <ReceiverState receiver={receiver} now={now} /> : <p>Switched off.</p>}
          {receiver.isEnabled && toolsOf?.(receiver.id)}
          <Attempts log={receiver.log} now={now} />
        </li>
      ))}
    </ul>
  )
}

function ReceiverState({ receiver, now }: { receiver: ReceiverReport; now: Date }) {
  const { failing, lastSentAt, waiting, givenUp, nextTryAt } = receiver
  return (
    <>
      {failing !== null && (
        <p data-mark="failed">
          <span aria-hidden="true" className="tone">
            ✕
          </span>{' '}
          {failing.attempts === 1 ? 'An attempt has' : `${failing.attempts} attempts have`} failed: {failing.reason}.
          {nextTryAt !== null && ` Tried again ${untilWords(nextTryAt, now)}.`}
        </p>
      )}
      <p>
        {lastSentAt === null ? (
          'Nothing was sent yet.'
        ) : (
          <>
            Last sent <RelativeTime at={lastSentAt} now={now} suffix=" ago" />.
          </>
        )}
        {waiting > 0 && ` ${waiting === 1 ? 'One notice waits' : `${waiting} notices wait`}.`}
        {givenUp > 0 && ` ${givenUp === 1 ? 'One was' : `${givenUp} were`} given up within a month.`}
      </p>
    </>
  )
}

const OUTCOMES = {
  sent: { mark: 'ready', symbol: '✓', word: 'sent' },
  failed: { mark: 'failed', symbol: '✕', word: 'failed' },
  'given-up': { mark: 'failed', symbol: '✕', word: 'given up' },
} satisfies Record<ReceiverReport['log'][number]['outcome'], { mark: string; symbol: string; word: string }>

function Attempts({ log, now }: { log: ReceiverReport['log']; now: Date }) {
  if (log.length === 0) return null
  return (
    <details>
      <summary className="w-fit underline underline-offset-2">
        {log.length === 1 ? 'The last attempt' : `The last ${log.length} attempts`}
      </summary>
      <ul className="mt-2 grid gap-1">
        {log.map(({ at, title, outcome, reason }) => {
          const { mark, symbol, word } = OUTCOMES[outcome]
          return (
            <li key={`${at} ${title} ${outcome}`} data-mark={mark}>
              <span aria-hidden="true" className="tone">
                {symbol}
              </span>{' '}
              {word} <RelativeTime at={at} now={now} suffix=" ago" />: {title}
              {reason !== null && <span className="text-muted"> ({reason})</span>}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

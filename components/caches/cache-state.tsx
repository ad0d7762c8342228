import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/relative-time'
import type { Cache } from '@/lib/contract/caches'

const STATES = {
  alive: { mark: 'ready', symbol: '✓', word: 'Answers' },
  refusing: { mark: 'failed', symbol: '✕', word: 'Refuses' },
  'never-asked': { mark: 'unknown', symbol: '?', word: 'Never asked yet' },
} as const satisfies Record<Cache['state'], { mark: string; symbol: string; word: string }>

/** So many pauses between questions may pass before an answer is called old. */
const PAUSES_MAX = 3
const MINUTE_MS = 60_000

/** Whether a cache answers, since when, why not, and how old that knowledge is. */
export function CacheState({ cache, now }: { cache: Cache; now: Date }) {
  const { mark, symbol, word } = STATES[cache.state]
  const isOld = isAnswerOld(cache, now)
  return (
    <>
      <p data-mark={mark} data-stale={isOld || undefined}>
        <span aria-hidden="true" className="tone">
          {symbol}
        </span>{' '}
        <strong className="font-semibold">{word}</strong>
        <Since cache={cache} now={now} />
        {cache.reason !== null && <>: {cache.reason}</>}
        {cache.checkedAt !== null && (
          <span className="text-muted">
            {' '}
            · asked <RelativeTime at={cache.checkedAt} now={now} suffix=" ago" />
          </span>
        )}
      </p>
      <StateNotice cache={cache} now={now} isOld={isOld} />
    </>
  )
}

function Since({ cache: { state, since }, now }: { cache: Cache; now: Date }) {
  if (state === 'never-asked' || since === null) return null
  return (
    <>
      {' '}
      since <RelativeTime at={since} now={now} />
    </>
  )
}

function isAnswerOld({ checkedAt, recheckMinutes }: Cache, now: Date): boolean {
  if (checkedAt === null) return false
  return now.getTime() - Date.parse(checkedAt) > PAUSES_MAX * recheckMinutes * MINUTE_MS
}

function StateNotice({ cache, now, isOld }: { cache: Cache; now: Date; isOld: boolean }): ReactNode {
  if (cache.state === 'never-asked')
    return <p className="text-muted">The first sync asks it; nothing is known of it.</p>
  if (isOld) {
    return (
      <p className="notice">
        This is old: it should be asked every {cache.recheckMinutes} minutes. The page Sync tells whether syncs run.
      </p>
    )
  }
  if (cache.state !== 'refusing') return null
  return (
    <p className="notice">
      What it holds counts as out of reach, and nothing is ready because of it.{' '}
      {cache.aliveAt === null ? (
        'It never answered us.'
      ) : (
        <>
          It last answered <RelativeTime at={cache.aliveAt} now={now} suffix=" ago" />; what it said of itself then is
          shown below.
        </>
      )}
    </p>
  )
}

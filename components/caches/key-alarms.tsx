import { RelativeTime } from '@/components/relative-time'
import type { Cache } from '@/lib/contract/caches'
import type { KeyAlarmKind } from '@/lib/domain/published-keys'

const WORDS = {
  changed: 'The keys that this cache publishes have changed',
  'configured-not-published': 'A configured key is not among those that the cache publishes',
  'published-not-configured':
    'The cache publishes a key that is not configured here: what it signs counts as untrusted',
} as const satisfies Record<KeyAlarmKind, string>

/** What about the published keys a person must look at. */
export function KeyAlarms({ cache: { alarms, published, verifyUrl }, now }: { cache: Cache; now: Date }) {
  if (alarms.length === 0) return null
  const [change] = published?.changes ?? []
  return (
    <div role="alert" className="notice grid gap-2">
      {alarms.map(({ kind, keys }) => (
        <div key={kind} data-mark="failed">
          <p>
            <span aria-hidden="true" className="tone">
              ▲
            </span>{' '}
            <strong className="font-semibold">{WORDS[kind]}</strong>
            {kind === 'changed' && change !== undefined && (
              <>
                , seen <RelativeTime at={change.at} now={now} suffix=" ago" />
              </>
            )}
            .
          </p>
          {kind === 'changed' && change !== undefined ? (
            <dl className="fact-list">
              <dt className="text-muted">before</dt>
              <Keys keys={change.before} />
              <dt className="text-muted">after</dt>
              <Keys keys={change.after} />
            </dl>
          ) : (
            <dl>
              <dt className="sr-only">keys</dt>
              <Keys keys={keys} />
            </dl>
          )}
        </div>
      ))}
      <p>
        Whoever can publish a key can make users trust it: ask the owner of the cache on another way
        {verifyUrl !== null && ' than its page'} before you change the configuration.
      </p>
    </div>
  )
}

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <dd className="min-w-0">
      {keys.length === 0
        ? 'none'
        : keys.map((key) => (
            <code key={key} className="block break-all">
              {key}
            </code>
          ))}
    </dd>
  )
}

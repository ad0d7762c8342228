import type { ReactNode } from 'react'
import { CopyButton } from '@/components/copy-button'
import { Fact } from '@/components/evaluations/fact'
import { RelativeTime } from '@/components/relative-time'
import { Snippet } from '@/components/snippet'
import type { Cache } from '@/lib/contract/caches'

const OUR_STORE = '/nix/store'

/** Address, keys and where to verify them, and what the cache says of itself. */
export function CacheFacts({ cache, now }: { cache: Cache; now: Date }) {
  const { id, url, storeDir, priority, wantMassQuery, state } = cache
  const isKnown = state === 'alive' || cache.aliveAt !== null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <dl className="fact-list">
        <Fact term="address">
          <code className="break-all">{url}</code> <CopyButton text={url} what={`address of ${id}`} />
        </Fact>
        <Fact term="trusted keys">
          {cache.publicKeys.map((key) => (
            <span key={key} className="block">
              <code className="break-all">{key}</code> <CopyButton text={key} what={`public key ${nameOf(key)}`} />
            </span>
          ))}
        </Fact>
        <Fact term="verify them">{whereToVerify(cache)}</Fact>
        <Fact term="published keys">{publishedWords(cache, now)}</Fact>
        {isKnown && (
          <>
            <Fact term="store directory">{storeWords(storeDir)}</Fact>
            <Fact term="priority">
              {priority === null
                ? 'not told: Nix takes 0'
                : `${priority} (of several caches, the lowest is asked first)`}
            </Fact>
            <Fact term="mass queries">{massWords(wantMassQuery)}</Fact>
          </>
        )}
        <Fact term="asked">
          at most every {cache.recheckMinutes} minutes per path, and whenever a person asks for a sync
        </Fact>
      </dl>
      <Snippet text={cache.nixConf} what={`Lines of nix.conf for ${id}`} />
    </div>
  )
}

function nameOf(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

function whereToVerify({ verifyUrl, kind }: Cache): ReactNode {
  if (verifyUrl !== null) {
    return (
      <>
        on <a href={verifyUrl}>the cache’s page</a>, or with its owner
      </>
    )
  }
  return kind === 'cachix'
    ? 'on the page that this cachix installation has for the cache, or with its owner'
    : 'with its owner: the protocol has no place for keys'
}

function publishedWords({ published }: Cache, now: Date): ReactNode {
  if (published === null) return 'none: this kind of cache does not publish its keys, so a change cannot be noticed'
  const { keys, readAt, since, reason } = published
  const failure = reason === null ? null : <> The newest reading failed: {reason}.</>
  if (keys === null || readAt === null) return <>never read yet.{failure}</>
  return (
    <>
      {keys.length === 0 && 'none. '}
      {keys.map((key) => (
        <code key={key} className="block break-all">
          {key}
        </code>
      ))}
      <span className="text-muted">
        {since !== null && (
          <>
            these since <RelativeTime at={since} now={now} />,{' '}
          </>
        )}
        read <RelativeTime at={readAt} now={now} suffix=" ago" />.
      </span>
      {failure}
    </>
  )
}

function storeWords(storeDir: string | null): ReactNode {
  if (storeDir === null) return `not told: taken to be ${OUR_STORE}`
  if (storeDir === OUR_STORE) return <code>{storeDir}</code>
  return (
    <>
      <code className="break-all">{storeDir}</code>, which is not {OUR_STORE}: Nix does not use this cache
    </>
  )
}

function massWords(wantMassQuery: boolean | null): string {
  if (wantMassQuery === null) return 'not known yet'
  return wantMassQuery ? 'welcome (WantMassQuery: 1)' : 'not wanted (WantMassQuery: 0)'
}

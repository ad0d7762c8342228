import type { Cache } from '@/lib/contract/caches'
import { CacheFacts } from './cache-facts'
import { CacheState } from './cache-state'
import { CoverageSection } from './coverage-section'
import { KeyAlarms } from './key-alarms'
import { QuestionsSection } from './questions-section'
import { SurvivalSection } from './survival-section'
import { UntrustedSection } from './untrusted-section'

/** All that is known of one cache. */
export function CacheArticle({ cache, now }: { cache: Cache; now: Date }) {
  const { id, kind } = cache
  return (
    <article aria-labelledby={`cache-${id}`} className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="grid gap-2 border-t border-line pt-4">
        <h2 id={`cache-${id}`} className="text-lg font-semibold break-words">
          {id} <span className="text-sm font-normal text-muted">{KINDS[kind]}</span>
        </h2>
        <CacheState cache={cache} now={now} />
        <KeyAlarms cache={cache} now={now} />
      </div>
      <CacheFacts cache={cache} now={now} />
      <CoverageSection cache={cache} now={now} />
      <SurvivalSection cache={cache} />
      <UntrustedSection cache={cache} now={now} />
      <QuestionsSection cache={cache} now={now} />
    </article>
  )
}

const KINDS = { cachix: 'a cache on cachix', 'binary-cache': 'a binary cache' } as const satisfies Record<
  Cache['kind'],
  string
>

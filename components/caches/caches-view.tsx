import type { Cache } from '@/lib/contract/caches'
import { CacheArticle } from './cache-article'

/** The caches, in the order of the configuration. */
export function CachesView({ caches, now }: { caches: readonly Cache[]; now: Date }) {
  if (caches.length === 0) {
    return (
      <p className="max-w-[72ch]">
        No cache is configured, so nothing is asked and no package can be ready. List one under <code>caches</code> in
        the configuration file, and start again.
      </p>
    )
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
      {caches.map((cache) => (
        <CacheArticle key={cache.id} cache={cache} now={now} />
      ))}
    </div>
  )
}

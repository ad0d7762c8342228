import { RelativeTime } from '@/components/relative-time'
import type { Cache } from '@/lib/contract/caches'

/** The caches, each with its state. */
export function CachesView({ caches, now }: { caches: readonly Cache[]; now: Date }) {
  if (caches.length === 0) return <p>No cache is configured: nothing is asked, and no package can be ready.</p>
  return (
    <ul className="grid gap-4">
      {caches.map((cache) => (
        <li key={cache.id}>
          <p className="font-medium">{cache.id}</p>
          <p>
            {cache.state === 'alive' && 'Answers'}
            {cache.state === 'refusing' && `Does not answer: ${cache.reason ?? 'no reason is known'}`}
            {cache.state === 'never-asked' && 'Never asked yet'}
            {cache.checkedAt !== null && (
              <>
                , asked <RelativeTime at={cache.checkedAt} now={now} suffix=" ago" />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

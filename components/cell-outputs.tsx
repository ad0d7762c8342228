import type { Output } from '@/lib/contract/matrix'
import { CopyButton } from './copy-button'
import { RelativeTime } from './relative-time'

/** Per output what each cache says of it, when it was asked, and why. */
export function CellOutputs({ outputs, now }: { outputs: readonly Output[]; now: Date }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {outputs.map((output) => (
        <li key={output.name}>
          <span className="font-mono">{output.name}</span>{' '}
          <span className={output.presence === 'cached' ? 'font-medium text-(--good)' : 'font-medium'}>
            {output.presence}
          </span>
          {!output.needed && <span className="text-muted"> · not needed</span>}
          {output.last && (
            <span className="text-muted">
              {' '}
              · last answer {output.last.presence}, <RelativeTime at={output.last.checkedAt} now={now} suffix=" ago" />
            </span>
          )}
          {output.path !== null && <CopyButton text={output.path} what={`store path of ${output.name}`} />}
          <ul className="text-muted">
            {output.caches.map((cache) => (
              <li key={cache.id}>
                {cache.id}: {cache.presence}
                {cache.checkedAt === null ? (
                  ', not asked yet'
                ) : (
                  <>
                    , asked <RelativeTime at={cache.checkedAt} now={now} suffix=" ago" />
                  </>
                )}
                {cache.reason !== null && ` (${cache.reason})`}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

import { groupedNumber } from '@/components/age'
import { CopyButton } from '@/components/copy-button'
import { RelativeTime } from '@/components/relative-time'
import { StatusMark } from '@/components/status-mark'
import type { Cache, Untrusted } from '@/lib/contract/caches'
import { paths } from '@/lib/contract/paths'
import { derivationName } from '@/lib/domain/derivation-name'

/** What is in a cache and must not be trusted, each with the exact reason. */
export function UntrustedSection({ cache: { id, untrusted }, now }: { cache: Cache; now: Date }) {
  const { total, findings } = untrusted
  return (
    <section aria-labelledby={`untrusted-${id}`} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 id={`untrusted-${id}`} className="font-semibold">
        Not trusted <span className="tabular text-sm font-normal text-muted">{groupedNumber(total)}</span>
      </h3>
      {total === 0 ? (
        <p className="text-muted">Nothing that was read here fails its verification.</p>
      ) : (
        <ul className="grid gap-3">
          {findings.map((finding) => (
            <Finding key={`${finding.derivation} ${finding.output}`} finding={finding} now={now} />
          ))}
        </ul>
      )}
      {total > findings.length && (
        <p className="text-muted">The {groupedNumber(findings.length)} found last; the others are not listed here.</p>
      )}
    </section>
  )
}

function Finding({ finding, now }: { finding: Untrusted; now: Date }) {
  const { path, derivation, packages, reason, signedBy, since, readAt, isCurrent } = finding
  return (
    <li className="min-w-0" data-mark="built-untrusted" data-stale={!isCurrent || undefined}>
      <p className="flex items-baseline gap-2">
        <span className="translate-y-0.5">
          <StatusMark mark="built-untrusted" size={14} />
        </span>
        <span className="tone min-w-0 font-medium break-words">
          {isCurrent
            ? (reason ?? 'its signature could not be verified')
            : 'was not trusted; the cache is out of reach now'}
        </span>
      </p>
      <p className="pl-5 text-sm">
        <code className="break-all">{path}</code> <CopyButton text={path} what="store path" />
      </p>
      <p className="pl-5 text-xs text-muted">
        {packages.map((name) => (
          <span key={name}>
            <a href={paths.package(name)}>{name}</a>
            {' · '}
          </span>
        ))}
        <a href={paths.derivation(derivation)} className="break-all">
          {derivationName(derivation)}
        </a>
        {signedBy !== null && ` · signed by ${signedBy}`}
        {since !== null && (
          <>
            {' '}
            · found <RelativeTime at={since} now={now} suffix=" ago" />
          </>
        )}
        {readAt !== null && (
          <>
            , last read <RelativeTime at={readAt} now={now} suffix=" ago" />
          </>
        )}
      </p>
    </li>
  )
}

import { RelativeTime } from '@/components/relative-time'
import type { TriageEntry } from '@/lib/contract/triage'
import { TriageTrail } from './triage-trail'

/** Note and issue as people left them, with who and when. The note is text of people: shown as it is, never as markup. */
export function TriageSaid({ entry, now }: { entry: TriageEntry; now: Date }) {
  const { note, issueUrl, who, changedAt } = entry
  return (
    <div className="grid gap-1 text-sm">
      {note !== '' && (
        <p className="max-w-[80ch] border-l-2 border-line pl-3 break-words whitespace-pre-wrap">{note}</p>
      )}
      <p className="flex flex-wrap gap-x-3 text-muted">
        {issueUrl !== null && (
          <a href={issueUrl} rel="noreferrer nofollow ugc" className="break-all">
            {issueWords(issueUrl)}
          </a>
        )}
        {who === null || changedAt === null ? (
          <span>Nobody has said anything about it yet.</span>
        ) : (
          <span>
            {who}, <RelativeTime at={changedAt} now={now} suffix=" ago" />
          </span>
        )}
        <span>
          in this list since <RelativeTime at={entry.openedAt} now={now} suffix=" ago" />
        </span>
      </p>
      <TriageTrail entry={entry} now={now} />
    </div>
  )
}

/** `NixOS/nixpkgs#12345` for an issue of GitHub, else its host and path. */
export function issueWords(address: string): string {
  if (!URL.canParse(address)) return address
  const { hostname, pathname } = new URL(address)
  const [, repository, number] = /^\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)\/?$/.exec(pathname) ?? []
  if (hostname === 'github.com' && number !== undefined) return `${repository}#${number}`
  return `${hostname}${pathname === '/' ? '' : pathname}`
}

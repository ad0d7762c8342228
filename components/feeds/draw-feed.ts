import { createHash } from 'node:crypto'
import { Feed as AtomFeed } from 'feed'
import { eventPath } from '@/lib/contract/event-path'
import type { Feed, FeedAsked } from '@/lib/contract/feed'
import { paths } from '@/lib/contract/paths'
import { eventText } from '@/lib/domain/event-text'
import { plainText } from '@/lib/domain/plain-text'
import { entryContent } from './entry-content'
import { escaped } from './feed-html'

const SUBJECT_MAX = 200

/** A feed as an Atom document (RFC 4287). An entry is the same, by its id, in each feed that has it. */
export function drawFeed(feed: Feed): string {
  const self = feed.publicUrl + feedPath(feed.asked)
  const atom = new AtomFeed({
    id: uuidOf(self),
    title: plainText(feed.subject === null ? feed.title : `${feed.subject} · ${feed.title}`, SUBJECT_MAX),
    description: 'What broke and was fixed, and why; what left the caches; which branches became stale.',
    link: feed.publicUrl + pagePath(feed.asked),
    feed: self,
    updated: new Date(feed.toldAt ?? feed.generatedAt),
    author: { name: plainText(feed.title, SUBJECT_MAX), link: feed.publicUrl },
    generator: 'Flakeboard',
    copyright: '',
  })
  for (const entry of feed.entries) {
    const { event } = entry
    const at = new Date(event.atMs)
    atom.addItem({
      id: uuidOf(event.key),
      title: escaped(eventText({ ...event, branch: entry.branchTitle }).title),
      link: feed.publicUrl + eventPath(event),
      // The history of a first sync keeps its own times.
      date: at,
      published: at,
      content: entryContent(entry, feed),
      category: [{ term: event.kind }, { term: event.branch }],
    })
  }
  return atom.atom1()
}

function feedPath(asked: FeedAsked): string {
  if (asked.kind === 'all') return paths.feed()
  return asked.kind === 'branch' ? paths.branchFeed(asked.branch) : paths.packageFeed(asked.package)
}

function pagePath(asked: FeedAsked): string {
  if (asked.kind === 'all') return paths.matrix()
  return asked.kind === 'branch' ? paths.branch(asked.branch) : paths.package(asked.package)
}

/** A name as an id that is one wherever it is read: a UUID of its hash (RFC 9562, version 8). */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return `urn:uuid:${parts.join('-')}`
}

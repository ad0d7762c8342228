import 'server-only'
import { publicUrl, config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { FEED_ENTRIES_MAX, type Feed, type FeedAsked, type FeedEntry, type FeedEvaluation } from '@/lib/contract/feed'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { parseEventBody } from '@/lib/db/event-body'
import { type HealthEvent, toHealthEvent } from '@/lib/domain/health-event'
import { repositoryUrl } from '@/lib/domain/source-url'
import { readBranchAsked } from './branch-asked'
import { readBranches } from './branches'
import { readFactsAt } from './facts-at'
import { readLogExcerpts } from './log-excerpt'
import type { ReadTools } from './matrix'
import { storable } from './storable'
import { isoOf } from './times'

/** The newest changes of health of all branches, of one or of one package; null when there is no such branch or package. */
export async function readFeed(asked: FeedAsked, now: Date = new Date(), tools: ReadTools = {}): Promise<Feed | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const subject = await readSubject(db, config, asked)
  if (subject === null) return null
  const heads = await readBranches(db, config, now)
  const titles = new Map(heads.map(({ name, title }) => [name, title]))
  const stored = await db.event.findMany({
    where: { branch: { in: subject.branches }, ...subject.where },
    orderBy: [{ atMs: 'desc' }, { id: 'desc' }],
    take: FEED_ENTRIES_MAX,
  })
  const newestMs = Math.max(0, ...stored.map(({ publishedMs }) => Number(publishedMs)))
  return {
    asked,
    title: config.title,
    subject: subject.branch === null ? subject.name : (titles.get(subject.branch) ?? subject.branch),
    publicUrl: publicUrl(),
    nixpkgsUrl: repositoryUrl(config.upstream),
    toldAt: newestMs === 0 ? null : isoOf(newestMs),
    generatedAt: await readFactsAt(db),
    entries: await readEntries(db, stored, titles),
  }
}

interface Subject {
  readonly name: string | null
  readonly branch: string | null
  readonly branches: string[]
  readonly where: { readonly packages?: { readonly some: { readonly row: string } } }
}

async function readSubject(db: Db, config: Config, asked: FeedAsked): Promise<Subject | null> {
  const branches = config.branches.map(({ name }) => name)
  if (asked.kind === 'all') return { name: null, branch: null, branches, where: {} }
  if (asked.kind === 'branch') {
    const branch = await readBranchAsked(db, config, asked.branch)
    return branch === null ? null : { name: null, branch, branches: [branch], where: {} }
  }
  const row = storable(asked.package)
  // A package that is built no more keeps its history.
  const known =
    (await db.row.findUnique({ where: { name: row } })) ?? (await db.eventPackage.findFirst({ where: { row } }))
  return known === null ? null : { name: row, branch: null, branches, where: { packages: { some: { row } } } }
}

type StoredEvent = Awaited<ReturnType<Db['event']['findMany']>>[number]

async function readEntries(
  db: Db,
  stored: readonly StoredEvent[],
  titles: ReadonlyMap<string, string>,
): Promise<FeedEntry[]> {
  const events = stored.flatMap(({ body }) => toHealthEvent(parseEventBody(body)) ?? [])
  const [evaluations, excerpts] = await Promise.all([
    readPlaces(db, events),
    readLogExcerpts(
      db,
      events.flatMap(({ kind, cause }) => (kind === 'broke' ? (cause?.derivation ?? []) : [])),
    ),
  ])
  return events.map((event) => {
    const evaluation = evaluations.get(event.evaluation ?? '') ?? null
    const excerpt = event.kind === 'broke' ? excerpts.get(event.cause?.derivation ?? '') : undefined
    return {
      // A lock file may have been read since.
      event: { ...event, nixpkgsRevision: evaluation?.nixpkgsRevision ?? event.nixpkgsRevision },
      branchTitle: titles.get(event.branch) ?? event.branch,
      evaluation,
      before: evaluations.get(event.before ?? '') ?? null,
      excerpt: excerpt?.lines.map(({ text }) => text) ?? [],
    }
  })
}

async function readPlaces(db: Db, events: readonly HealthEvent[]): Promise<ReadonlyMap<string, FeedEvaluation>> {
  const keys = new Set(events.flatMap(({ evaluation, before }) => [evaluation, before]))
  const found = await db.evaluation.findMany({
    where: { key: { in: [...keys].filter((key) => key !== null) } },
    select: { key: true, number: true, finishedMs: true, nixpkgsRevision: true, url: true, isSuperseded: true },
  })
  return new Map(
    found.map(({ key, number, finishedMs, ...place }) => [
      key,
      { ...place, evaluation: key, at: isoOf(finishedMs), index: number },
    ]),
  )
}

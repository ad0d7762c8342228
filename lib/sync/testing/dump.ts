import 'server-only'
import type { Db } from '@/lib/db/client'

type Line = readonly unknown[]

/** Everything that a sync stores, by natural keys: without database ids and without the times of asking. */
export async function dump(db: Db): Promise<Record<string, string[]>> {
  const evaluations = await db.evaluation.findMany()
  const keys = new Map(evaluations.map(({ id, key }) => [id, key]))
  const keyOf = (id: number | null) => (id === null ? null : (keys.get(id) ?? 'gone'))
  return {
    evaluations: lines(
      evaluations.map(({ id: _, observedMs, ...rest }) => [...Object.values(rest), observedMs !== null]),
    ),
    results: await dumpResults(db),
    failures: lines((await db.failureEdge.findMany()).map((one) => [one.derivation, one.dependency])),
    ...(await dumpOutputs(db)),
    ...(await dumpColumns(db, keyOf)),
    sources: lines((await db.sourceState.findMany()).map((one) => [one.source, one.listedThrough, one.skipped])),
    heads: lines((await db.upstreamBranch.findMany()).map((one) => [one.ref, one.revision, one.dateMs])),
    ...(await dumpCaches(db)),
    caches: lines((await db.cacheState.findMany()).map((one) => [one.cache, one.isAlive, one.reason])),
  }
}

/** Of what history has, the newest alone: without the days that it is told by. */
async function dumpCaches(db: Db): Promise<Record<string, string[]>> {
  const coverage = await db.coverage.findMany({ orderBy: { day: 'asc' } })
  const newest = new Map(coverage.map(({ day: _, untilMs: __, ...one }) => [`${one.branch} ${one.cache}`, one]))
  const published = await db.publishedKeys.findMany()
  return {
    coverage: lines([...newest.values()].map((one) => Object.values(one))),
    published: lines(published.map(({ cache, keys, reason }) => [cache, keys, reason])),
  }
}

async function dumpResults(db: Db): Promise<string[]> {
  const results = await db.result.findMany({ include: { evaluation: true, attribute: true, derivation: true } })
  const errors = await db.resultError.findMany()
  const causes = await db.cause.findMany({ orderBy: { position: 'asc' } })
  return lines(
    results.map((result) => {
      const { attribute, evaluation, derivation, status, judgement, position, role } = result
      const { id: _, ...decoded } = attribute
      const isOwn = (row: { evaluationId: number; attributeId: number }) =>
        row.evaluationId === result.evaluationId && row.attributeId === result.attributeId
      return [
        ...[evaluation.key, derivation?.path, status, judgement, position, role, ...Object.values(decoded)],
        errors.filter(isOwn).map(({ message, type, derivation: needed }) => [message, type, needed]),
        causes.filter(isOwn).map(({ derivation: root, name, status: of }) => [root, name, of]),
      ]
    }),
  )
}

async function dumpOutputs(db: Db): Promise<Record<string, string[]>> {
  const derivations = await db.derivation.findMany({ include: { outputs: { include: { presences: true } } } })
  const changes = await db.presenceChange.findMany({ orderBy: { atMs: 'asc' } })
  return {
    derivations: lines(
      derivations.map((one) => [
        one.path,
        one.name,
        one.version,
        one.status,
        one.system,
        one.detailsMs !== null,
        one.buildSeconds,
        one.host,
        one.logId,
        one.presence,
        one.isCached,
      ]),
    ),
    presences: lines(
      derivations.flatMap(({ path, outputs }) =>
        outputs.flatMap((output) => [
          [path, output.name, output.path, output.narSize],
          ...output.presences.map((one) => [
            path,
            output.name,
            one.cache,
            one.presence,
            one.reason,
            one.signedBy,
            one.narSize,
            one.fileSize,
            one.lastPresence,
            changes.filter(({ outputId, cache }) => outputId === output.id && cache === one.cache).map(presenceOf),
          ]),
        ]),
      ),
    ),
  }
}

function presenceOf({ presence }: { presence: number }): number {
  return presence
}

async function dumpColumns(db: Db, keyOf: (id: number | null) => string | null): Promise<Record<string, string[]>> {
  const attributes = new Map((await db.attribute.findMany()).map(({ id, source, path }) => [id, [source, path]]))
  const derivations = new Map((await db.derivation.findMany()).map(({ id, path }) => [id, path]))
  const feeds = await db.feed.findMany()
  const cells = await db.cell.findMany()
  const tracks = await db.track.findMany()
  return {
    feeds: lines(
      feeds.map((feed) => [
        feed.branch,
        feed.feed,
        feed.place,
        feed.ref,
        keyOf(feed.evaluationId),
        keyOf(feed.runningId),
        feed.foldedCount,
      ]),
    ),
    cells: lines(
      cells.map((cell) => [
        cell.branch,
        cell.row,
        cell.lane,
        cell.system,
        cell.variant,
        cell.place,
        attributes.get(cell.attributeId ?? -1),
        derivations.get(cell.derivationId ?? -1),
        cell.status,
        cell.judgement,
        cell.isReady,
        cell.isChanged,
        cell.isFlapping,
        cell.strip,
        ...[cell.evaluationId, cell.sinceId, cell.undecidedSinceId, cell.lastGoodId, cell.lastReadyId].map(keyOf),
      ]),
    ),
    tracks: lines(
      tracks.map(({ branch, feed, row, lane, track }) => [
        ...[branch, feed, row, lane],
        track
          .replace(/"evaluation":([0-9]+)/g, (_, id) => `"evaluation":"${keyOf(Number(id))}"`)
          .replace(/"derivation":([0-9]+)/g, (_, id) => `"derivation":"${derivations.get(Number(id))}"`),
      ]),
    ),
    events: lines(await dumpEvents(db)),
    branches: lines((await db.branchState.findMany()).map((one) => Object.values(one))),
    rows: lines((await db.row.findMany()).map((one) => Object.values(one))),
  }
}

/** What was told: without the times at which somebody happened to look. */
async function dumpEvents(db: Db): Promise<Line[]> {
  const events = await db.event.findMany({ include: { packages: { orderBy: { row: 'asc' } } } })
  return events.map(({ key, kind, branch, name, packages }) => {
    const isTimeless = kind !== 'evicted'
    return [kind, branch, name, packages.map(({ row }) => row), isTimeless ? key : null]
  })
}

function lines(rows: readonly Line[]): string[] {
  return rows
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : value)))
    .sort()
}

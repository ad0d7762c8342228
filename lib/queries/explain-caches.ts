import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { ExplainedCache } from '@/lib/contract/explain'
import type { Db } from '@/lib/db/client'
import { type Column, integer, nullable, queryRows, text } from '@/lib/db/rows'
import { rawSql, sql } from '@/lib/db/sql'
import { bestPresence, neededPresence, type Presence, presenceOfCode } from '@/lib/domain/presence'
import type { KnownPath } from './explain-known'
import { groupedBy } from './grouped'
import { readChunks } from './read-chunks'
import { isoOf } from './times'

/** What all caches say of a store path; of a derivation, of that output among those needed that is worst off. */
export interface PathCaches {
  readonly presence: Presence
  /** In the order of the configuration; empty for a derivation whose outputs are not known. */
  readonly caches: readonly ExplainedCache[]
  readonly narSize: number | null
  readonly fileSize: number | null
}

export const NO_CACHES: PathCaches = { presence: 'unchecked', caches: [], narSize: null, fileSize: null }

const ANSWER = {
  cache: nullable(text),
  presence: nullable(integer),
  reason: nullable(text),
  signedBy: nullable(text),
  narSize: nullable(integer),
  fileSize: nullable(integer),
  lastSeenMs: nullable(integer),
  missingSinceMs: nullable(integer),
  checkedMs: nullable(integer),
  lastPresence: nullable(integer),
  lastCheckedMs: nullable(integer),
} satisfies Record<string, Column<unknown>>

type Answer = { [Name in keyof typeof ANSWER]: ReturnType<(typeof ANSWER)[Name]> }

const ANSWER_COLUMNS = rawSql(
  Object.keys(ANSWER)
    .map((name) => `p."${name}" AS "${name}"`)
    .join(', '),
)

/** What the caches say of these store paths, by path, as it is stored. */
export async function readPathCaches(
  { db, config }: { db: Db; config: Config },
  paths: readonly string[],
  known: ReadonlyMap<string, KnownPath>,
): Promise<ReadonlyMap<string, PathCaches>> {
  const ids = [...known.values()].flatMap(({ derivationId }) => derivationId ?? [])
  const outputs = groupedBy(await readOutputAnswers(db, ids), ({ derivationId }) => derivationId)
  const asked = groupedBy(await readAsked(db, paths), ({ path }) => path)
  return new Map(
    paths.map((path) => {
      const ofDerivation = outputs.get(known.get(path)?.derivationId ?? -1) ?? []
      if (path.endsWith('.drv')) return [path, worstOf(config, ofDerivation)] as const
      const ofOutput = ofDerivation.filter((answer) => answer.path === path)
      return [path, toPathCaches(config, [...ofOutput, ...(asked.get(path) ?? [])])] as const
    }),
  )
}

function readOutputAnswers(db: Db, ids: readonly number[]) {
  return readChunks(ids, (list) =>
    queryRows(
      db,
      sql`SELECT o."derivationId" AS "derivationId", o."name" AS "name", o."path" AS "path", ${ANSWER_COLUMNS}
        FROM "Output" o LEFT JOIN "Presence" p ON p."outputId" = o."id" WHERE o."derivationId" IN (${list})
        ORDER BY o."id"`,
      { ...ANSWER, derivationId: integer, name: text, path: nullable(text) },
    ),
  )
}

function readAsked(db: Db, paths: readonly string[]) {
  return readChunks(paths, (list) =>
    queryRows(db, sql`SELECT p."path" AS "path", ${ANSWER_COLUMNS} FROM "AskedPath" p WHERE p."path" IN (${list})`, {
      ...ANSWER,
      path: text,
    }),
  )
}

function worstOf(config: Config, answers: readonly (Answer & { name: string })[]): PathCaches {
  const outputs = [...groupedBy(answers, ({ name }) => name)].map(([name, ofOutput]) => ({
    name,
    ...toPathCaches(config, ofOutput),
  }))
  const presence = neededPresence(outputs, new Set(config.ignoreOutputs))
  const needed = outputs.filter(({ name }) => !config.ignoreOutputs.includes(name))
  return needed.find((output) => output.presence === presence) ?? NO_CACHES
}

function toPathCaches(config: Config, answers: readonly Answer[]): PathCaches {
  // An output that was never checked as such may have been asked about before it was known.
  const heard = answers.filter(({ checkedMs }) => checkedMs !== null)
  const ofCache = (id: string) => heard.find(({ cache }) => cache === id)
  const caches = config.caches.map(({ id }) => toExplained(id, ofCache(id)))
  const presence = bestPresence(caches.map((cache) => cache.presence))
  const best = caches.find((cache) => cache.presence === presence)
  const sized = best && presence === 'cached' ? ofCache(best.id) : undefined
  return { presence, caches, narSize: sized?.narSize ?? null, fileSize: sized?.fileSize ?? null }
}

function toExplained(id: string, answer: Answer | undefined): ExplainedCache {
  const { lastPresence = null, lastCheckedMs = null } = answer ?? {}
  const presence = answer?.presence == null ? 'unchecked' : presenceOfCode(answer.presence)
  const isLast = presence === 'unreachable' && lastPresence !== null && lastCheckedMs !== null
  return {
    id,
    presence,
    checkedAt: isoOf(answer?.checkedMs ?? null),
    reason: answer?.reason ?? null,
    signedBy: presence === 'cached' ? (answer?.signedBy ?? null) : null,
    lastSeenAt: isoOf(answer?.lastSeenMs ?? null),
    missingSince: isoOf(answer?.missingSinceMs ?? null),
    last: isLast ? { presence: presenceOfCode(lastPresence), checkedAt: isoOf(lastCheckedMs) } : null,
  }
}

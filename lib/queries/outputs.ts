import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Output } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { integer, nullable, queryRows, text } from '@/lib/db/rows'
import { sql } from '@/lib/db/sql'
import { bestPresence, type Presence, presenceOfCode } from '@/lib/domain/presence'
import { readChunks } from './read-chunks'
import { isoOf } from './times'

type StoredAnswer = Awaited<ReturnType<typeof readAnswers>>[number]

/** Outputs of derivations with what every configured cache says of them, by derivation. */
export async function readOutputs(
  db: Db,
  config: Config,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Output[]>> {
  const answers = new Map<number, [StoredAnswer, ...StoredAnswer[]]>()
  for (const answer of await readAnswers(db, ids)) {
    const ofOutput = answers.get(answer.id)
    if (ofOutput === undefined) answers.set(answer.id, [answer])
    else ofOutput.push(answer)
  }
  const outputs = new Map<number, Output[]>()
  for (const ofOutput of answers.values()) {
    const [{ derivationId }] = ofOutput
    const list = outputs.get(derivationId) ?? []
    outputs.set(derivationId, list)
    list.push(toOutput(config, ofOutput))
  }
  return outputs
}

/** A line per output and cache; of an output that no cache was asked for, one line without a cache. */
function readAnswers(db: Db, ids: readonly number[]) {
  return readChunks(ids, (list) =>
    queryRows(
      db,
      sql`SELECT o."id" AS "id", o."derivationId" AS "derivationId", o."name" AS "name", o."path" AS "path",
          p."cache" AS "cache", p."presence" AS "presence", p."reason" AS "reason", p."checkedMs" AS "checkedMs",
          p."lastPresence" AS "lastPresence", p."lastCheckedMs" AS "lastCheckedMs"
        FROM "Output" o LEFT JOIN "Presence" p ON p."outputId" = o."id"
        WHERE o."derivationId" IN (${list}) ORDER BY o."derivationId", o."id"`,
      {
        ...{ id: integer, derivationId: integer, name: text, path: nullable(text), cache: nullable(text) },
        ...{ presence: nullable(integer), reason: nullable(text), checkedMs: nullable(integer) },
        ...{ lastPresence: nullable(integer), lastCheckedMs: nullable(integer) },
      },
    ),
  )
}

function toOutput(config: Config, answers: readonly [StoredAnswer, ...StoredAnswer[]]): Output {
  const [{ name, path }] = answers
  const caches = config.caches.map(({ id }) =>
    toAnswer(
      id,
      answers.find(({ cache }) => cache === id),
    ),
  )
  const presence = bestPresence(caches.map((answer) => answer.presence))
  const best = caches.find((answer) => answer.presence === presence)
  return {
    name,
    path,
    needed: !config.ignoreOutputs.includes(name),
    presence,
    cache: presence === 'cached' ? (best?.id ?? null) : null,
    checkedAt: best?.checkedAt ?? null,
    last: presence === 'unreachable' ? lastOf(config, answers) : null,
    caches,
  }
}

function toAnswer(id: string, stored: StoredAnswer | undefined): Output['caches'][number] {
  if (stored === undefined) return { id, presence: 'unchecked', checkedAt: null, reason: null }
  return { id, presence: toPresence(stored.presence), checkedAt: isoOf(stored.checkedMs), reason: stored.reason }
}

function toPresence(code: number | null): Presence {
  return code === null ? 'unchecked' : presenceOfCode(code)
}

/** The best of what the caches that are out of reach said last. */
function lastOf(config: Config, answers: readonly StoredAnswer[]): Output['last'] {
  const known = config.caches.flatMap(({ id }) => {
    const answer = answers.find(({ cache, presence }) => cache === id && toPresence(presence) === 'unreachable')
    if (answer === undefined || answer.lastPresence === null || answer.lastCheckedMs === null) return []
    return { presence: presenceOfCode(answer.lastPresence), checkedAt: isoOf(answer.lastCheckedMs) }
  })
  const presence = bestPresence(known.map((last) => last.presence))
  return known.find((last) => last.presence === presence) ?? null
}

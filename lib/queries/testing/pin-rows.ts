import 'server-only'
import type { Db } from '@/lib/db/client'
import { bestPresence, neededPresence, type Presence, presenceCode } from '@/lib/domain/presence'
import { type Judgement, judgementCode, type Status, statusCode } from '@/lib/domain/status'
import { queryConfig, storePath } from './rows'

/** What one cache says of an output, and when it was asked. */
export interface BuildAnswer {
  readonly presence: Presence
  readonly checkedAt: Date
}

export interface BuildParts {
  readonly evaluationId: number
  readonly row: string
  readonly attribute?: string
  readonly variant?: string
  readonly status?: Status
  readonly judgement?: Judgement
  readonly role?: number
  /** Evaluations of one name share the derivation; another name each evaluation unless set. */
  readonly build?: string
  readonly cause?: string
  /** Per output what each cache says of it; none: the outputs are not known. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, BuildAnswer>>>>
}

/** Stores the result of a row in an evaluation with all that its readiness stands on. */
export async function addBuild(db: Db, parts: BuildParts): Promise<void> {
  const { evaluationId, status = 'succeeded', judgement = 'regular', role = 2 } = parts
  const attributeId = await addAttribute(db, parts)
  const derivationId = status === 'evaluation-failed' ? null : await addDerivation(db, parts)
  const codes = { status: statusCode(status), judgement: judgementCode(judgement) }
  await db.result.create({ data: { evaluationId, attributeId, derivationId, ...codes, position: 0, role } })
  if (parts.cause === undefined) return
  const cause = { name: parts.cause, derivation: storePath(`${parts.cause}.drv`), status: statusCode('failed') }
  await db.cause.create({ data: { evaluationId, attributeId, position: 0, ...cause } })
}

async function addAttribute(db: Db, { row, attribute = row, variant }: BuildParts): Promise<number> {
  const source_path = { source: 'ci', path: JSON.stringify([attribute, ...(variant === undefined ? [] : [variant])]) }
  const names = { package: attribute, row, system: 'x86_64-linux', variant: variant ?? 'basic' }
  const { id } = await db.attribute.upsert({
    where: { source_path },
    create: { ...source_path, ...names, text: `checks.${attribute}`, rank: '[0,""]' },
    update: {},
  })
  return id
}

async function addDerivation(db: Db, parts: BuildParts): Promise<number> {
  const { evaluationId, row, build = `${row}-${evaluationId}`, outputs = {} } = parts
  const path = storePath(`${build}.drv`)
  const known = await db.derivation.findUnique({ where: { path } })
  if (known !== null) return known.id
  const presence = presenceOf(parts)
  const { id } = await db.derivation.create({
    data: {
      ...{ path, name: build, version: '1.0', status: statusCode('succeeded') },
      ...{ presence: presenceCode(presence), isCached: presence === 'cached' },
      outputs: {
        create: Object.entries(outputs).map(([name, answers]) => ({
          name,
          path: storePath(`${build}-${name}`),
          narSize: 7n,
          presences: { create: Object.entries(answers).map(toPresence) },
        })),
      },
    },
  })
  return id
}

/** As a sync stores it. */
function presenceOf({ outputs = {} }: BuildParts): Presence {
  const known = Object.entries(outputs).map(([name, answers]) => ({
    name,
    presence: bestPresence(Object.values(answers).map(({ presence }) => presence)),
  }))
  return neededPresence(known, new Set(queryConfig().ignoreOutputs))
}

function toPresence([cache, { presence, checkedAt }]: [string, BuildAnswer]) {
  const checkedMs = BigInt(checkedAt.getTime())
  const sizes = presence === 'cached' ? { narSize: 100n, fileSize: 40n } : {}
  const last = { lastPresence: presenceCode(presence), lastCheckedMs: checkedMs }
  return { cache, presence: presenceCode(presence), checkedMs, ...last, ...sizes }
}

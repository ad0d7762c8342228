import 'server-only'
import type { z } from 'zod'
import { type Config, ConfigFileSchema, toConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { bestPresence, neededPresence, type Presence, presenceCode } from '@/lib/domain/presence'
import { type Judgement, judgementCode, type Status, statusCode } from '@/lib/domain/status'

const BEGIN_MS = Date.parse('2026-11-20T00:00:00Z')
const HOUR_MS = 3_600_000
/** The time that number `hours` of these worlds stands for. */
export const hour = (hours: number): Date => new Date(BEGIN_MS + hours * HOUR_MS)
const hourMs = (hours: number) => BigInt(hour(hours).getTime())

/** 40 hex digits, others for each number. */
export const revision = (number: number): string => number.toString(16).padStart(40, '0')
/** The store path of a derivation or output of that name. */
export const storePath = (name: string): string => `/nix/store/${'0'.repeat(32)}-${name}`

const KEY = 'key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

/** One source `ci`, caches `near` and `far`, branches `nixos-unstable`, `master` and `release`. */
export function queryConfig(parts: Partial<z.input<typeof ConfigFileSchema>> = {}): Config {
  const cache = (id: string) => ({ id, kind: 'binary-cache' as const, url: `https://${id}.example`, publicKeys: [KEY] })
  const file = {
    sources: [{ id: 'ci', kind: 'hercules-ci' as const, site: 'github', account: 'a', project: 'p' }],
    caches: [cache('near'), cache('far')],
    branches: [{ name: 'nixos-unstable' }, { name: 'master' }, { name: 'release', ref: 'nixos-??.??' }],
    ...parts,
  }
  return toConfig(ConfigFileSchema.parse(file))
}

export interface EvaluationParts {
  readonly branch?: string
  readonly ref?: string
  readonly source?: string
  readonly handler?: string
  readonly state?: string
  readonly error?: string
  readonly nixpkgsRevision?: string | null
  readonly nixpkgsAt?: Date
  readonly finishedAt?: Date | null
}

/** Stores evaluation `number`, which finished at that hour, and returns its database id; its key is `<branch> <number>`. */
export async function addEvaluation(db: Db, number: number, parts: EvaluationParts = {}): Promise<number> {
  const { branch = 'nixos-unstable', source = 'ci', state = 'finished', finishedAt = hour(number) } = parts
  const finishedMs = finishedAt === null ? null : BigInt(finishedAt.getTime())
  const nixpkgsRevision = parts.nixpkgsRevision === undefined ? revision(number) : parts.nixpkgsRevision
  const { id } = await db.evaluation.create({
    data: {
      key: `${branch} ${number}`,
      source,
      externalId: `job-${number}`,
      handler: parts.handler ?? 'OnPush/default',
      number,
      chainNumber: number,
      branch,
      ref: parts.ref ?? branch,
      url: `https://ci.example/jobs/${number}`,
      ciRevision: revision(number + 1000),
      state,
      isComplete: state === 'finished' && parts.error === undefined,
      isSuperseded: false,
      error: parts.error ?? null,
      startedMs: hourMs(number - 1),
      finishedMs,
      observedMs: finishedMs,
      nixpkgsRevision,
      nixpkgsDateMs: nixpkgsRevision === null ? null : BigInt((parts.nixpkgsAt ?? hour(number - 2)).getTime()),
      lock: 'read',
      graph: 'read',
    },
  })
  return id
}

export interface ColumnParts {
  readonly branch?: string
  readonly ref?: string
  readonly feed?: string
  readonly place?: number
  readonly runningId?: number
}

/** Makes a stored evaluation the one that a branch shows. */
export async function addColumn(db: Db, evaluationId: number | null, parts: ColumnParts = {}): Promise<void> {
  const { branch = 'nixos-unstable', ref = branch, feed = 'ci OnPush/default', place = 0, runningId = null } = parts
  const folded = { foldedCount: 0, foldedHash: '', built: '' }
  await db.feed.create({ data: { branch, feed, place, ref, evaluationId, runningId, ...folded } })
}

/** A row of the matrix, found by its name and by `attributes`. */
export async function addRow(
  db: Db,
  name: string,
  parts: { headline?: number; version?: string; attributes?: readonly string[] } = {},
): Promise<void> {
  const search = [name, ...(parts.attributes ?? [])].join('\n').toLowerCase()
  await db.row.create({ data: { name, headline: parts.headline ?? null, search, version: parts.version ?? null } })
}

export interface PresenceParts {
  readonly presence: Presence
  readonly checkedAt?: Date
  readonly reason?: string
  readonly last?: Presence
  readonly lastAt?: Date
}

export interface CellParts {
  readonly row: string
  readonly evaluationId: number
  readonly branch?: string
  readonly system?: string
  readonly variant?: string
  /** Place of this lane among those of its row; the row's own cell when absent. */
  readonly lane?: number
  readonly status?: Status
  readonly judgement?: Judgement
  readonly version?: string | null
  readonly isReady?: boolean
  readonly isChanged?: boolean
  readonly isFlapping?: boolean
  readonly since?: number
  readonly undecidedSince?: number
  readonly lastGood?: number
  readonly lastReady?: number
  readonly strip?: readonly Status[]
  readonly causes?: readonly { readonly name: string; readonly status: Status }[]
  /** Per output what each cache says of it; no derivation at all when null. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, PresenceParts>>>> | null
}

/** Stores a cell with all that it stands on. */
export async function addCell(db: Db, parts: CellParts): Promise<void> {
  const { row, evaluationId, branch = 'nixos-unstable', status = 'succeeded', judgement = 'regular' } = parts
  const attributeId = status === 'absent' ? null : await addAttribute(db, parts)
  const derivationId = attributeId === null || parts.outputs === null ? null : await addDerivation(db, parts)
  const codes = { status: statusCode(status), judgement: judgementCode(judgement) }
  if (attributeId !== null) await addResult(db, parts, { attributeId, derivationId, ...codes })
  const { system = null, variant = null, lane } = parts
  await db.cell.create({
    data: {
      ...{ branch, row, system, variant, evaluationId, attributeId, derivationId, ...codes, ...pastOf(parts) },
      lane: lane === undefined ? '' : `${system ?? ''} ${variant ?? ''}`,
      place: lane ?? 0,
      isReady: parts.isReady ?? false,
      isChanged: parts.isChanged ?? false,
      isFlapping: parts.isFlapping ?? false,
    },
  })
}

function pastOf(parts: CellParts) {
  return {
    sinceId: parts.since ?? null,
    undecidedSinceId: parts.undecidedSince ?? null,
    lastGoodId: parts.lastGood ?? null,
    lastReadyId: parts.lastReady ?? null,
    strip: (parts.strip ?? []).map(statusCode).join(','),
  }
}

/** The text of the attribute that makes a cell. */
function attributeText({ row, system, variant }: CellParts): string {
  return [system, variant, row].filter((name) => name !== undefined).join('.')
}

async function addAttribute(db: Db, parts: CellParts): Promise<number> {
  const text = attributeText(parts)
  const source_path = { source: 'ci', path: JSON.stringify(text.split('.')) }
  const names = { package: parts.row, row: parts.row, system: parts.system ?? null, variant: parts.variant ?? null }
  const { id } = await db.attribute.upsert({
    where: { source_path },
    create: { ...source_path, ...names, text, rank: '[0]' },
    update: {},
  })
  return id
}

async function addDerivation(db: Db, parts: CellParts): Promise<number> {
  const name = [attributeText(parts), parts.version, parts.evaluationId].filter(Boolean).join('-')
  const path = storePath(`${name}.drv`)
  const known = await db.derivation.findUnique({ where: { path } })
  if (known !== null) return known.id
  const outputs = Object.entries(parts.outputs ?? {}).map(([output, caches]) => ({
    name: output,
    path: storePath(`${name}-${output}`),
    presences: { create: Object.entries(caches).map(toPresence) },
  }))
  const presence = presenceOf(parts)
  const { id } = await db.derivation.create({
    data: {
      ...{ path, name, version: parts.version ?? '', status: statusCode('succeeded'), outputs: { create: outputs } },
      ...{ presence: presenceCode(presence), isCached: presence === 'cached' },
    },
  })
  return id
}

/** As a sync stores it: of the configured caches, over the outputs that are needed. */
function presenceOf({ outputs }: CellParts): Presence {
  const { caches, ignoreOutputs } = queryConfig()
  const known = Object.entries(outputs ?? {}).map(([name, answers]) => {
    const said = caches.flatMap(({ id }) => answers[id]?.presence ?? [])
    return { name, presence: bestPresence(said) }
  })
  return neededPresence(known, new Set(ignoreOutputs))
}

function toPresence([cache, answer]: [string, PresenceParts]) {
  const { presence, checkedAt, reason = null, last, lastAt } = answer
  return {
    cache,
    presence: presenceCode(presence),
    reason,
    checkedMs: checkedAt === undefined ? null : BigInt(checkedAt.getTime()),
    lastPresence: last === undefined ? null : presenceCode(last),
    lastCheckedMs: lastAt === undefined ? null : BigInt(lastAt.getTime()),
  }
}

type ResultIds = { attributeId: number; derivationId: number | null; status: number; judgement: number }

async function addResult(db: Db, { evaluationId, causes = [], lane }: CellParts, ids: ResultIds): Promise<void> {
  const { attributeId } = ids
  await db.result.upsert({
    where: { evaluationId_attributeId: { evaluationId, attributeId } },
    create: { evaluationId, ...ids, position: lane ?? 0, role: lane === undefined ? 2 : 1 },
    update: {},
  })
  await db.cause.createMany({
    data: causes.map(({ name, status }, position) => ({
      ...{ evaluationId, attributeId, position, name },
      derivation: storePath(`${name}.drv`),
      status: statusCode(status),
    })),
  })
}

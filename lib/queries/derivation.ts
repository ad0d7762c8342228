import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { DERIVATION_INPUTS_MAX, type Derivation } from '@/lib/contract/derivation'
import { LogExcerptSchema, LogStateSchema } from '@/lib/contract/log'
import type { RootCause } from '@/lib/contract/matrix'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { derivationName, parseDrvName } from '@/lib/domain/derivation-name'
import { buildUrl } from '@/lib/domain/source-url'
import { statusOfCode } from '@/lib/domain/status'
import { readCauses } from './causes'
import { type PlacedDerivation, readDerivationBranches } from './derivation-branches'
import { readDerivationEvaluations } from './derivation-evaluations'
import { readLinkedDerivations } from './linked-derivations'
import type { ReadTools } from './matrix'
import { newestLog } from './newest-log'
import { readOutputs } from './outputs'
import { storable } from './storable'
import { isoOf } from './times'

/**
 * One derivation by the name of its file, `<hash>-<name>.drv`: what became of it, its outputs, what it blocks, its log.
 * Null when nothing stored speaks of it. A root cause that is no attribute is known by what it blocks alone.
 */
export async function readDerivation(baseName: string, tools: ReadTools = {}): Promise<Derivation | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const path = storable(`/nix/store/${baseName}`)
  const stored = await db.derivation.findUnique({ where: { path } })
  const known = stored ?? (await readCauseOf(db, path))
  if (known === null) return null
  const placed = { path, id: stored?.id ?? null }
  const evaluations = await readDerivationEvaluations(db, placed)
  const name = derivationName(path)
  return {
    derivation: path,
    name,
    version: (stored?.version ?? parseDrvName(name).version) || null,
    status: statusOfCode(known.status),
    system: stored?.system ?? null,
    host: stored?.host ?? null,
    buildSeconds: stored?.buildSeconds ?? null,
    detailsAt: isoOf(stored?.detailsMs ?? null),
    url: urlOf(config, path, evaluations),
    outputs: stored === null ? [] : ((await readOutputs(db, config, [stored.id])).get(stored.id) ?? []),
    ...(await readInputs(db, stored)),
    rootCauses: await readOwnCauses(db, placed),
    failedDependencies: await readFailedDependencies(db, path),
    branches: await readDerivationBranches(db, config, placed),
    evaluations,
    log: await readLogState(db, path),
  }
}

/** What the newest evaluation that it broke says of a derivation that is no attribute itself. */
function readCauseOf(db: Db, path: string) {
  return db.cause.findFirst({
    where: { derivation: path },
    select: { status: true },
    orderBy: { evaluationId: 'desc' },
  })
}

function urlOf(config: Config, derivation: string, [newest]: Derivation['evaluations']): string | null {
  const source = config.sources.find(({ id }) => id === newest?.source)
  if (newest === undefined || source === undefined) return null
  return buildUrl(source, { derivation, externalId: newest.externalId })
}

async function readInputs(
  db: Db,
  stored: { id: number; detailsMs: bigint | null } | null,
): Promise<Pick<Derivation, 'inputs' | 'inputCount'>> {
  if (stored?.detailsMs == null) return { inputs: null, inputCount: 0 }
  const where = { derivationId: stored.id }
  const listed = await db.derivationInput.findMany({ where, orderBy: { input: 'asc' }, take: DERIVATION_INPUTS_MAX })
  const paths = listed.map(({ input }) => input)
  return { inputs: await readLinkedDerivations(db, paths), inputCount: await db.derivationInput.count({ where }) }
}

/** Root causes as the newest evaluation that has it as an attribute tells them. */
async function readOwnCauses(db: Db, { id }: PlacedDerivation): Promise<RootCause[]> {
  if (id === null) return []
  const result = await db.result.findFirst({
    where: { derivationId: id },
    select: { evaluationId: true, attributeId: true, status: true },
    orderBy: { evaluation: { startedMs: 'desc' } },
  })
  if (result === null) return []
  return [...(await readCauses(db, [result])).values()].flat()
}

async function readFailedDependencies(db: Db, derivation: string): Promise<Derivation['failedDependencies']> {
  const edges = await db.failureEdge.findMany({ where: { derivation }, take: DERIVATION_INPUTS_MAX })
  return readLinkedDerivations(
    db,
    edges.map(({ dependency }) => dependency),
  )
}

async function readLogState(db: Db, path: string): Promise<Derivation['log']> {
  const log = await newestLog(db, path)
  if (log === null) return { state: 'unread', fetchedAt: null, lineCount: 0, excerpt: null }
  return {
    state: LogStateSchema.parse(log.state),
    fetchedAt: isoOf(log.fetchedMs),
    lineCount: log.lineCount,
    excerpt: log.excerpt === null ? null : LogExcerptSchema.parse(JSON.parse(log.excerpt)),
  }
}

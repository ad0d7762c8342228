import 'server-only'
import type { Db } from '@/lib/db/client'
import { statusCode } from '@/lib/domain/status'
import { chunksOf } from './chunks'
import type { SyncContext } from './context'

/** A derivation whose details (outputs, inputs, attempts) are to be read, and a run of its source that has it. */
export interface WantedDerivation {
  readonly id: number
  readonly path: string
  readonly source: string
  readonly viaExternalId: string
}

/** Details wanted for what the matrix shows now. */
export async function planShownDerivations(context: SyncContext): Promise<WantedDerivation[]> {
  const cells = await context.db.cell.findMany({
    where: { derivationId: { not: null }, branch: { in: context.config.branches.map(({ name }) => name) } },
    select: { derivationId: true },
    distinct: ['derivationId'],
  })
  return planDerivations(
    context,
    cells.flatMap(({ derivationId }) => derivationId ?? []),
  )
}

/** Details wanted for listed packages in kept evaluations, and for failures: what pins and triage stand on. */
export async function planKeptDerivations(context: SyncContext): Promise<WantedDerivation[]> {
  const listed = context.config.packages.map(({ name }) => name)
  const results = await context.db.result.findMany({
    where: {
      derivationId: { not: null },
      derivation: { detailsMs: null },
      OR: [{ attribute: { row: { in: listed } } }, { status: { in: [statusCode('failed'), statusCode('timed-out')] } }],
    },
    select: { derivationId: true },
    distinct: ['derivationId'],
  })
  return planDerivations(
    context,
    results.flatMap(({ derivationId }) => derivationId ?? []),
  )
}

export async function planDerivations(
  context: Pick<SyncContext, 'db'>,
  ids: readonly number[],
): Promise<WantedDerivation[]> {
  const wanted: WantedDerivation[] = []
  for (const chunk of chunksOf(ids, 5_000)) {
    const unread = await context.db.derivation.findMany({
      where: { id: { in: chunk }, detailsMs: null },
      select: { id: true, path: true },
      orderBy: { id: 'asc' },
    })
    for (const derivation of unread) {
      const via = await newestRunOf(context.db, derivation.id)
      if (via !== null) wanted.push({ ...derivation, ...via })
    }
  }
  return wanted
}

async function newestRunOf(db: Db, derivationId: number) {
  const result = await db.result.findFirst({
    where: { derivationId },
    select: { evaluation: { select: { source: true, externalId: true } } },
    orderBy: { evaluation: { startedMs: 'desc' } },
  })
  return result === null ? null : { source: result.evaluation.source, viaExternalId: result.evaluation.externalId }
}

import 'server-only'
import { insertRows, type Value } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { statusCode, statusOfCode } from '@/lib/domain/status'
import { causeKindOf, triageStateOf } from '@/lib/domain/triage'
import { renameIssues } from './cause-now'
import { type SyncContext, writeFenced } from './context'
import { readEvictedCells } from './evicted-cells'
import { noteFact } from './note-fact'
import { readBrokenCells, readCellsNow } from './triage-cells'
import { type Block, type KnownCause, planTriage, type TriagePlan, type TriageTurn } from './triage-plan'

/**
 * Brings triage in line with the matrix: opens root causes that break something now, closes those that are gone, and
 * opens again those that have returned. Safe to repeat; what people said is never touched but for the state of a cause
 * that returns.
 */
export async function updateTriage(context: SyncContext): Promise<void> {
  const before = await readPlan(context, context.db)
  if (before === null) return
  await writeFenced(context, async (tx) => {
    // Read again: people may have written meanwhile.
    const plan = await readPlan(context, tx)
    if (plan === null) return
    await storePlan(tx, plan)
    await noteFact(tx, context.now())
  })
}

/** What is to be stored; null when everything is stored already. */
async function readPlan({ config, now }: SyncContext, tx: Tx): Promise<TriagePlan | null> {
  const branches = config.branches.map(({ name }) => name)
  const broken = await readBrokenCells(tx, branches)
  const [causes, blocks] = await Promise.all([readCauses(tx), readBlocks(tx)])
  const rows = [...new Set(blocks.map(({ row }) => row))]
  const cells = await readCellsNow(tx, { branches, rows }, broken)
  const evicted = await readEvictedCells(tx, config)
  const plan = planTriage({ causes, blocks, broken: [...broken, ...evicted], cells, nowMs: now().getTime() })
  return plan.turns.length === 0 && plan.renamed.length === 0 && isSameSet(blocks, plan.blocks) ? null : plan
}

async function readCauses(tx: Tx): Promise<KnownCause[]> {
  const stored = await tx.triage.findMany()
  return stored.map(({ key, kind, name, system, ...life }) => ({
    key,
    signature: { kind: causeKindOf(kind), name, system },
    life: {
      state: triageStateOf(life.state),
      openedMs: Number(life.openedMs),
      closedMs: life.closedMs === null ? null : Number(life.closedMs),
      reopenedMs: life.reopenedMs === null ? null : Number(life.reopenedMs),
      reopened: life.reopened,
    },
  }))
}

async function readBlocks(tx: Tx): Promise<Block[]> {
  const stored = await tx.triageBlock.findMany()
  return stored.map((block) => ({ ...block, status: statusOfCode(block.status) }))
}

function isSameSet(stored: readonly Block[], wanted: readonly Block[]): boolean {
  if (stored.length !== wanted.length) return false
  const known = new Set(stored.map((block) => JSON.stringify(toRow(block))))
  return wanted.every((block) => known.has(JSON.stringify(toRow(block))))
}

async function storePlan(tx: Tx, { blocks, turns, renamed }: TriagePlan): Promise<void> {
  for (const { from, to, system } of renamed) {
    await tx.triage.update({ where: { key: from }, data: { key: to, system } })
    await tx.triageChange.updateMany({ where: { key: from }, data: { key: to } })
    await renameIssues(tx, from, to)
  }
  for (const turn of turns) await storeTurn(tx, turn)
  await tx.triageBlock.deleteMany()
  await insertRows(tx, { table: 'TriageBlock', columns: COLUMNS, rows: blocks.map(toRow), onConflict: 'ignore' })
}

async function storeTurn(tx: Tx, { key, signature, before, after }: TriageTurn): Promise<void> {
  const { closedMs, reopenedMs, openedMs } = after
  const life = {
    state: after.state,
    reopened: after.reopened,
    openedMs: BigInt(openedMs),
    closedMs: closedMs === null ? null : BigInt(closedMs),
    reopenedMs: reopenedMs === null ? null : BigInt(reopenedMs),
  }
  if (before === null) {
    await tx.triage.create({ data: { key, ...signature, ...life } })
    return
  }
  const isReturn = closedMs === null
  await tx.triage.update({
    where: { key },
    // Who saw it as it was before it came back is told so.
    data: { ...life, ...(isReturn && { version: { increment: 1 } }) },
  })
  await tx.triageChange.create({
    data: {
      key,
      who: null,
      atMs: BigInt((isReturn ? reopenedMs : closedMs) ?? openedMs),
      before: JSON.stringify({ state: before.state, isOpen: !isReturn }),
      after: JSON.stringify({ state: after.state, isOpen: isReturn }),
    },
  })
}

const COLUMNS = [
  'key',
  'branch',
  'row',
  'lane',
  'derivation',
  'name',
  'status',
  'evaluationId',
  'sinceId',
  'lastGoodId',
  'isUndecided',
] as const

function toRow(block: Block): Value[] {
  const stored = { ...block, status: statusCode(block.status) }
  return COLUMNS.map((column) => stored[column])
}

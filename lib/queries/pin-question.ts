import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { PinAnswer, PinParams } from '@/lib/contract/pin'
import type { Db } from '@/lib/db/client'
import { readBranches } from './branches'
import { storable } from './storable'

/** A question for a pin that names what there is. */
export interface PinQuestion {
  readonly kind: 'question'
  readonly branch: MatrixBranch
  readonly packages: readonly string[]
}

/** The branch by name, or by the ref that it follows, and the packages, each once; without any, the headline ones. */
export async function readPinQuestion(
  { db, config, now }: { db: Db; config: Config; now: Date },
  asked: PinParams,
): Promise<PinQuestion | Extract<PinAnswer, { kind: 'refused' }>> {
  const name = await branchNameOf(db, config, asked.branch)
  const [branch] = name === null ? [] : await readBranches(db, config, now, [name])
  if (branch === undefined) {
    const known = config.branches.map((one) => one.name).join(', ')
    return refused('branch', `There is no branch ${asked.branch.slice(0, 100)}; there are ${known}`)
  }
  const headline = config.packages.filter((entry) => entry.headline).map((entry) => entry.name)
  const packages = [...new Set(asked.package.length > 0 ? asked.package : headline)]
  if (packages.length === 0) return refused('package', 'Name at least one package; /api/v1/packages lists them')
  const unknown = await unknownOf(db, config, packages)
  if (unknown !== undefined) {
    return refused('package', `There is no package ${unknown.slice(0, 100)}; /api/v1/packages lists them`)
  }
  return { kind: 'question', branch, packages }
}

function refused(parameter: 'branch' | 'package', title: string) {
  return { kind: 'refused' as const, parameter, title }
}

async function branchNameOf(db: Db, config: Config, asked: string): Promise<string | null> {
  if (config.branches.some(({ name }) => name === asked)) return asked
  const feed = await db.feed.findFirst({ where: { ref: storable(asked), place: 0 }, select: { branch: true } })
  return feed?.branch ?? null
}

async function unknownOf(db: Db, config: Config, packages: readonly string[]): Promise<string | undefined> {
  const wanted = packages.filter((name) => !config.packages.some((entry) => entry.name === name))
  // A row that the matrix shows no more has a past all the same.
  const known = await db.attribute.findMany({
    where: { row: { in: wanted.map(storable) } },
    select: { row: true },
    distinct: ['row'],
  })
  const rows = new Set(known.map(({ row }) => row))
  return wanted.find((name) => !rows.has(name))
}

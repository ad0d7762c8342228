import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Badge, BadgeAsked } from '@/lib/contract/badge'
import { db as openDatabase } from '@/lib/db/client'
import { badgeOver, NO_DATA, readyBadge } from '@/lib/domain/badge'
import { plainText } from '@/lib/domain/plain-text'
import { faultOf, NAME_MAX, toBadge } from './badge-answer'
import { readBadgeGrid } from './badge-grid'
import { readPinBadge } from './badge-pin'
import { type BadgeWorld, readBadgePlaces } from './badge-places'
import { readBranchAsked } from './branch-asked'
import { readBranches } from './branches'
import type { ReadTools } from './matrix'

/** What a badge says now. Reads single rows by their keys, however many evaluations are kept. */
export function readBadge(asked: BadgeAsked, now: Date = new Date(), tools: ReadTools = {}): Promise<Badge> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const world = { db, config, now }
  if (asked.kind === 'matrix') return readBadgeGrid(world, asked)
  if (asked.kind === 'ready') return readReadyBadge(world, asked.branch)
  if (asked.kind === 'pin') return readPinBadge(world, asked)
  return readPackageBadge(world, asked.package, asked.branch)
}

async function readPackageBadge(world: BadgeWorld, row: string, asked: string | null): Promise<Badge> {
  const branch = asked === null ? null : await readBranchAsked(world.db, world.config, asked)
  const name = plainText(row, NAME_MAX)
  if (asked !== null && branch === null) return faultOf(`${name} on ${plainText(asked, NAME_MAX)}`, 'no such branch')
  const { heads, isEmpty, badgesOf } = await readBadgePlaces(world, [row], branch === null ? [] : [branch])
  const label = branch === null ? name : `${name} on ${heads[0]?.title ?? branch}`
  const badges = badgesOf(row)
  if (badges !== null) return toBadge(label, badgeOver(badges, world.now))
  return isEmpty ? toBadge(label, NO_DATA) : faultOf(label, 'no such package')
}

async function readReadyBadge(world: BadgeWorld, asked: string | null): Promise<Badge> {
  if (asked === null) return faultOf('ready', 'no branch given')
  const branch = await readBranchAsked(world.db, world.config, asked)
  const [head] = branch === null ? [] : await readBranches(world.db, world.config, world.now, [branch])
  if (head === undefined) return faultOf(plainText(asked, NAME_MAX), 'no such branch')
  const finishedAt = head.evaluation?.finishedAt ?? null
  return toBadge(head.title, readyBadge({ ...head, finishedAt }, world.now))
}

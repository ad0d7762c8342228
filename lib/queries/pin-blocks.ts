import 'server-only'
import type { PinnablePoint } from '@/lib/contract/evaluation'
import { type Block, type BlockedPackage, PIN_BLOCKS_MAX } from '@/lib/contract/pin'
import type { Db } from '@/lib/db/client'
import { cellWord } from '@/lib/domain/cell-word'
import { bareName } from '@/lib/domain/derivation-name'
import { type PinStep, stretchesOf } from '@/lib/domain/pin'
import { statusOfCode } from '@/lib/domain/status'
import { readEvaluationsById, type StoredEvaluation, toPinnablePoint } from './evaluations'
import type { Walk, WalkedStep } from './pin-walk'

/** Per package what stood in its way before the pin, newest first; packages that were always ready are left out. */
export async function readBlocks(
  db: Db,
  { steps, pin }: Pick<Walk, 'steps' | 'pin'>,
  packages: readonly string[],
): Promise<BlockedPackage[]> {
  const newer = steps.filter((step) => step !== pin)
  const blocked = packages.flatMap((name) => {
    const stretches = stretchesOf(newer, (step) => keyOf(step, name))
    const lastReady = steps.find(({ ready, isPinnable }) => isPinnable && ready.has(name)) ?? null
    return stretches.length === 0 ? [] : { name, stretches, lastReady }
  })
  const ends = blocked.flatMap(({ stretches, lastReady }) => [
    ...stretches.slice(0, PIN_BLOCKS_MAX).flatMap((stretch) => [stretch[0], stretch.at(-1) ?? stretch[0]]),
    ...(lastReady === null ? [] : [lastReady]),
  ])
  const evaluations = await readEvaluationsById(
    db,
    ends.map(({ step }) => idOf(step)),
  )
  return blocked.map(({ name, stretches, lastReady }) => ({
    name,
    revisions: stretches.reduce((sum, stretch) => sum + stretch.length, 0),
    blocks: stretches.slice(0, PIN_BLOCKS_MAX).map((stretch) => toBlock(name, stretch, evaluations)),
    lastReady: lastReady === null ? null : toPinnablePoint(evaluations.get(idOf(lastReady.step))),
  }))
}

function idOf({ evaluations: [deciding] }: PinStep): number {
  return deciding.id
}

/** What stands in the way as one word for comparison, caches only where they decide; null where nothing does. */
function keyOf({ standings, ready }: WalkedStep, name: string): string | null {
  if (ready.has(name)) return null
  const { standing, result } = standings.get(name) ?? {}
  const presence = standing?.isBuilt ? standing.presence : ''
  return `${standing?.status} ${presence} ${bareName(result?.causeName ?? '')}`
}

function toBlock(
  name: string,
  stretch: readonly [WalkedStep, ...WalkedStep[]],
  evaluations: ReadonlyMap<number, StoredEvaluation>,
): Block {
  const [newest] = stretch
  const { standing, result = null } = newest.standings.get(name) ?? {}
  const { status = 'absent', presence = 'unchecked' } = standing ?? {}
  const cause = result?.causeName ?? null
  const point = ({ step }: WalkedStep) => pointOf(evaluations.get(idOf(step)))
  return {
    status,
    presence,
    word: cellWord({ status, isReady: false, presence, cause: cause && bareName(cause) }).word,
    rootCauses:
      cause === null || result === null
        ? []
        : [{ derivation: result.cause, name: cause, status: statusOfCode(result.causeStatus ?? 0) }],
    since: point(stretch.at(-1) ?? newest),
    until: point(newest),
    revisions: stretch.length,
  }
}

function pointOf(stored: StoredEvaluation | undefined): PinnablePoint {
  return toPinnablePoint(stored) ?? { evaluation: '', at: null, nixpkgsRevision: null }
}

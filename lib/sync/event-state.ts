import 'server-only'
import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { STANDINGS } from '@/lib/domain/breakage'
import { emptyHealth, type HealthState } from '@/lib/domain/health-fold'
import { STATUSES } from '@/lib/domain/status'
import { CAUSE_KINDS } from '@/lib/domain/triage'

const PointSchema = z.object({ evaluation: z.int(), atMs: z.number() })

const BreakageSchema = z.object({
  row: z.string(),
  cause: z.object({
    key: z.string(),
    kind: z.enum(CAUSE_KINDS),
    system: z.string(),
    name: z.string(),
    derivation: z.string().nullable(),
    status: z.enum(STATUSES),
  }),
  lanes: z.array(z.string()),
  isPartly: z.boolean(),
  isTold: z.boolean(),
  standing: z.enum(STANDINGS),
  since: PointSchema,
  held: z.int(),
  counted: z.int(),
  before: z.int().nullable(),
})

const MarkSchema = z.object({
  /** What the feed's cells were built from when it was judged: as long as it holds, there is nothing new. */
  built: z.string(),
  /** The newest evaluation that was judged; null: none yet. */
  last: z.object({ id: z.int(), chainNumber: z.int(), number: z.int(), observedMs: z.number().nullable() }).nullable(),
  /** Since when newer evaluations wait for one that could not be read. */
  waitingSinceMs: z.number().nullable(),
})
export type FeedMark = z.output<typeof MarkSchema>

const StateSchema = z.object({
  /** What decoded the rows' names. */
  decoding: z.string(),
  marks: z.record(z.string(), MarkSchema),
  rows: z.array(z.tuple([z.string(), z.object({ feed: z.string(), decided: z.int().nullable() })])),
  breakages: z.array(BreakageSchema),
  /** Store paths of derivations whose eviction was told and still holds. */
  evicted: z.array(z.string()),
  isStale: z.boolean().nullable(),
})

/** How far the events of a branch are judged, and what was told by then. */
export interface EventState {
  readonly decoding: string
  /** By feed. */
  readonly marks: Readonly<Record<string, FeedMark>>
  readonly health: HealthState
  readonly evicted: readonly string[]
  /** Null: not known yet. */
  readonly isStale: boolean | null
}

export function emptyEventState(decoding: string): EventState {
  return { decoding, marks: {}, health: emptyHealth, evicted: [], isStale: null }
}

/** Null where nothing was judged yet. */
export async function readEventState(tx: Tx, branch: string): Promise<EventState | null> {
  const stored = await tx.eventState.findUnique({ where: { branch } })
  if (stored === null) return null
  const { rows, breakages, ...state } = StateSchema.parse(JSON.parse(stored.state))
  return { ...state, health: { rows: new Map(rows), breakages } }
}

/** The text that keeps a state: equal texts, equal states. */
export function packEventState({ health, ...state }: EventState): string {
  const stored: z.input<typeof StateSchema> = {
    ...state,
    marks: { ...state.marks },
    evicted: [...state.evicted],
    rows: [...health.rows],
    breakages: health.breakages.map((one) => ({ ...one, lanes: [...one.lanes] })),
  }
  return JSON.stringify(stored)
}

export async function storeEventState(tx: Tx, branch: string, state: string): Promise<void> {
  await tx.eventState.upsert({ where: { branch }, create: { branch, state }, update: { state } })
}

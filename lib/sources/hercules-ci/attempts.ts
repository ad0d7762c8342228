import 'server-only'
import type { Status } from '@/lib/domain/status'
import type { BuildAttempt } from '@/lib/sources/source'
import type { DerivationEvent, EventContent } from './schema'

type Word = keyof DerivationEvent
type TimedEvent = readonly [Word, EventContent]
type Draft = { -readonly [Key in keyof BuildAttempt]: BuildAttempt[Key] }

const END_BY_WORD: ReadonlyMap<Word, Status> = new Map<Word, Status>([
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['DependencyFailed', 'dependency-failed'],
])
// Asked for by someone, and later confirmed by the machine, perhaps when the next attempt waits already.
const CONFIRMING: ReadonlySet<Word> = new Set<Word>(['HasCancelled', 'HasCancelledForReset'])
const CANCELLING: ReadonlySet<Word> = new Set<Word>(['Cancelled', 'ForceCancelled', ...CONFIRMING])

/** The events of all attempts in the order of time; those of equal time in the order of their lists' beginnings. */
export function flattenEvents(lists: readonly (readonly DerivationEvent[])[]): readonly TimedEvent[] {
  return lists
    .map((list) => list.flatMap(timedEvents).toSorted(byTime))
    .toSorted(([a], [b]) => (a && b ? byTime(a, b) : 0))
    .flat()
    .toSorted(byTime)
}

/** The attempts that the events tell of, oldest first. */
export function toAttempts(events: readonly TimedEvent[]): readonly BuildAttempt[] {
  const drafts: Draft[] = []
  let isOpen = false
  for (const [word, content] of events) {
    const opens: boolean =
      word === 'Queued' ? !isOpen : word === 'Started' && !(isOpen && drafts.at(-1)?.startedAt === null)
    if (opens) open(drafts)
    const draft = targetOf(word, drafts)
    if (draft === undefined) continue
    apply(draft, word, content)
    isOpen = opens || (isOpen && !(draft === drafts.at(-1) && closes(word)))
  }
  return drafts
}

function timedEvents(event: DerivationEvent): TimedEvent[] {
  const known: TimedEvent[] = []
  for (const word of EVENT_WORDS) {
    const content = event[word]
    if (content !== undefined) known.push([word, content])
  }
  return known
}

const EVENT_WORDS = [
  'Queued',
  'Started',
  'Built',
  'Succeeded',
  'Failed',
  'DependencyFailed',
  'Cancelled',
  'ForceCancelled',
  'HasCancelled',
  'HasCancelledForReset',
  'Reset',
] as const satisfies readonly Word[]

function byTime([, a]: TimedEvent, [, b]: TimedEvent): number {
  return a.time.getTime() - b.time.getTime()
}

// An attempt that another one replaces with no end told did end, nobody knows how.
function open(drafts: Draft[]): void {
  const last = drafts.at(-1)
  if (last !== undefined && last.endedAt === null) last.status = 'unknown'
  drafts.push({ logId: null, host: null, startedAt: null, endedAt: null, status: 'queued', technicalError: null })
}

function targetOf(word: Word, drafts: readonly Draft[]): Draft | undefined {
  const started = CONFIRMING.has(word) ? drafts.findLast((draft) => draft.startedAt !== null) : undefined
  return started ?? drafts.at(-1)
}

function closes(word: Word): boolean {
  return word === 'Reset' || CANCELLING.has(word) || END_BY_WORD.has(word)
}

function apply(draft: Draft, word: Word, content: EventContent): void {
  const isDecided = draft.endedAt !== null && draft.status !== 'cancelled'
  const end = END_BY_WORD.get(word)
  if (word === 'Started') {
    draft.status = 'building'
    draft.startedAt = content.time
    draft.logId = content.logId ?? null
    draft.host = content.agentHostname || null
  } else if (end !== undefined) {
    Object.assign(draft, { status: end, endedAt: content.time, technicalError: content.technicalError ?? null })
  } else if (CANCELLING.has(word) && !isDecided) {
    Object.assign(draft, { status: 'cancelled', endedAt: content.time })
  } else if (word === 'Reset' && draft.endedAt === null) {
    Object.assign(draft, { status: 'cancelled', endedAt: content.time })
  }
}

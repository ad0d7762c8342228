/**
 * The status algebra: the words of a result, their small codes in the hot tables, and what they mean.
 * Everything that colours, counts or compares goes through here.
 */
export const STATUSES = [
  'succeeded',
  'failed',
  'dependency-failed',
  'timed-out',
  'evaluation-failed',
  'cancelled',
  'building',
  'queued',
  'unknown',
  'absent',
] as const
export type Status = (typeof STATUSES)[number]

/** How an attribute is judged: Hercules CI's `MustFail` and `MayFail`; all else is regular. */
export const JUDGEMENTS = ['regular', 'must-fail', 'may-fail'] as const
export type Judgement = (typeof JUDGEMENTS)[number]

export type Health = 'good' | 'broken' | 'undecided'

// Stored numbers: append only, never renumber.
const CODE: Record<Status, number> = {
  succeeded: 1,
  failed: 2,
  'dependency-failed': 3,
  'timed-out': 4,
  'evaluation-failed': 5,
  cancelled: 6,
  building: 7,
  queued: 8,
  unknown: 9,
  absent: 10,
}
const STATUS_BY_CODE: ReadonlyMap<number, Status> = new Map(STATUSES.map((status) => [CODE[status], status]))

const HEALTH: Record<Status, Health> = {
  succeeded: 'good',
  failed: 'broken',
  'dependency-failed': 'broken',
  'timed-out': 'broken',
  'evaluation-failed': 'broken',
  cancelled: 'undecided',
  building: 'undecided',
  queued: 'undecided',
  unknown: 'undecided',
  absent: 'undecided',
}

/** The code of a status in the hot tables. */
export function statusCode(status: Status): number {
  return CODE[status]
}

/** The status behind a stored code; a code of a later version reads as `unknown`, never as success. */
export function statusOfCode(code: number): Status {
  return STATUS_BY_CODE.get(code) ?? 'unknown'
}

export function judgementCode(judgement: Judgement): number {
  return JUDGEMENTS.indexOf(judgement)
}

export function judgementOfCode(code: number): Judgement {
  return JUDGEMENTS[code] ?? 'regular'
}

export function healthOf(status: Status): Health {
  return HEALTH[status]
}

export function isBroken(status: Status): boolean {
  return HEALTH[status] === 'broken'
}

/** What a build's outcome means under its judgement: `must-fail` swaps failed and succeeded alone. */
export function judge(status: Status, judgement: Judgement): Status {
  if (judgement !== 'must-fail') return status
  if (status === 'failed') return 'succeeded'
  return status === 'succeeded' ? 'failed' : status
}

/** May this result ever be ready? A success that comes of swapping has no outputs to download. */
export function mayBeReady(status: Status, judgement: Judgement): boolean {
  return status === 'succeeded' && judgement !== 'must-fail'
}

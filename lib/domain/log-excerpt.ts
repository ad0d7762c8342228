import { phaseOf } from './log-phase'
import { LOG_SIGNS, type LogSign, signOf } from './log-sign'
import { builderText, plainText } from './log-text'

/** A line of a log under the number that its source gives it; numbers rise, but may leave some out. */
export interface LogLine {
  readonly number: number
  readonly text: string
}

export interface ExcerptLine extends LogLine {
  readonly isError: boolean
}

/** The lines that a maintainer wants to see first. */
export interface LogExcerpt {
  /** The stdenv phase that the log ended in, or null where it names none. */
  readonly phase: string | null
  /** Plain text, rising numbers, at most `EXCERPT_LINES_MAX`, each cut at `EXCERPT_CHARACTERS_MAX`. */
  readonly lines: readonly ExcerptLine[]
  /** Number of the line to jump to. */
  readonly firstError: number | null
  /** `not-in-this-text`: the log tells that something failed at most, not what. */
  readonly verdict: 'found' | 'not-in-this-text'
}

export const EXCERPT_LINES_MAX = 40
export const EXCERPT_CHARACTERS_MAX = 2_000

const LINES_BEFORE = 2
const LINES_AFTER = 3
const LAST_LINES = 10

/** How many lines of one sign are kept from the beginning of those, and how many from the end. */
interface Bounds {
  readonly first: number
  readonly last: number
}

// Compilers tell the cause first, traces last.
const CAUSE_BOUNDS: Bounds = { first: 4, last: 2 }
// Beside a cause: where the failure was noticed.
const BESIDE_BOUNDS: Partial<Record<LogSign, Bounds>> = { consequence: { first: 1, last: 1 } }

interface SignedLine {
  readonly index: number
  readonly text: string
  readonly sign: LogSign
  readonly phase: number
}

/** Picks what a maintainer wants to see first from the lines of a build log. Never throws; linear in the text. */
export function logExcerpt(lines: readonly LogLine[]): LogExcerpt {
  const { signed, phase } = signLines(lines)
  const anchors = chooseAnchors(signed)
  const strongest = anchors[0]?.sign ?? 'nothing'
  const isFound = isAtLeast(strongest, 'symptom')
  const errors = new Set(anchors.map(({ index }) => index))
  const kept = new Set<number>()
  for (const { index } of anchors) keepAround(kept, index, lines)
  if (!isAtLeast(strongest, 'error')) keepLast(kept, lines)
  const first = anchors.find(({ sign }) => sign === strongest)
  return {
    phase,
    lines: [...kept].sort((a, b) => a - b).flatMap((index) => toExcerptLine(lines[index], errors.has(index))),
    firstError: first === undefined ? null : (lines[first.index]?.number ?? null),
    verdict: isFound ? 'found' : 'not-in-this-text',
  }
}

function signLines(lines: readonly LogLine[]): { signed: SignedLine[]; phase: string | null } {
  const signed: SignedLine[] = []
  let phase: string | null = null
  let phases = 0
  let isAfterBareError = false
  for (const [index, line] of lines.entries()) {
    const text = builderText(judgedText(line.text)).trimEnd()
    const begun = phaseOf(text)
    if (begun !== null && begun !== phase) {
      phase = begun
      phases += 1
    }
    const own = signOf(text)
    const sign = isAfterBareError && !isAtLeast(own, 'error') && !TRACE_LINE.test(text) ? 'error' : own
    if (text !== '') isAfterBareError = BARE_ERROR.test(text)
    if (sign !== 'nothing') signed.push({ index, text, sign, phase: phases })
  }
  return { signed, phase }
}

// Nix puts `error:` on a line of its own; what follows is the message, or the trace that leads to it.
const BARE_ERROR = /^\s{0,40}error:\s{0,10}$/
const TRACE_LINE = /^\s{0,40}(?:…|at |\(|$)/

/** Judging reads no further than this, whatever the length of the line. */
function judgedText(text: string): string {
  return plainText(text.length > EXCERPT_CHARACTERS_MAX ? text.slice(0, EXCERPT_CHARACTERS_MAX) : text)
}

/** The lines that the excerpt is built around, the strongest signs first, within a sign in the order of the log. */
function chooseAnchors(signed: readonly SignedLine[]): readonly SignedLine[] {
  const chosen: SignedLine[] = []
  const said = new Set<string>()
  for (const sign of LOG_SIGNS.toReversed().slice(0, -1)) {
    const bounds = chosen.length === 0 || isAtLeast(sign, 'error') ? CAUSE_BOUNDS : BESIDE_BOUNDS[sign]
    if (bounds === undefined) continue
    const distinct = signed.filter((line) => line.sign === sign && isNew(said, line.text))
    chosen.push(...firstAndLast(distinct, bounds))
  }
  return chosen
}

/** Repetitions (other numbers, other store paths) say nothing new. */
function isNew(said: Set<string>, text: string): boolean {
  const key = text
    .slice(0, 300)
    .replace(/\/nix\/store\/[0-9a-z]{32}-/g, '')
    .replace(/\d+/g, '0')
    .trim()
  if (said.has(key)) return false
  said.add(key)
  return true
}

/** Those at the beginning of the last phase that has any (all, when no phase is named), and the last ones. */
function firstAndLast(lines: readonly SignedLine[], { first, last }: Bounds): readonly SignedLine[] {
  const phase = lines.at(-1)?.phase
  const inPhase = lines.filter((line) => line.phase === phase)
  if (inPhase.length <= first + last) return inPhase
  return [...inPhase.slice(0, first), ...inPhase.slice(inPhase.length - last)]
}

function isAtLeast(sign: LogSign, least: LogSign): boolean {
  return LOG_SIGNS.indexOf(sign) >= LOG_SIGNS.indexOf(least)
}

function keepAround(kept: Set<number>, index: number, lines: readonly LogLine[]): void {
  for (let near = index - LINES_BEFORE; near <= index + LINES_AFTER; near += 1) {
    if (near >= 0 && near < lines.length) keep(kept, near)
  }
}

function keepLast(kept: Set<number>, lines: readonly LogLine[]): void {
  let left = LAST_LINES
  for (let index = lines.length - 1; index >= 0 && left > 0; index -= 1) {
    if ((lines[index]?.text.trim() ?? '') === '') continue
    keep(kept, index)
    left -= 1
  }
}

function keep(kept: Set<number>, index: number): void {
  if (kept.size < EXCERPT_LINES_MAX) kept.add(index)
}

function toExcerptLine(line: LogLine | undefined, isError: boolean): ExcerptLine[] {
  if (line === undefined) return []
  return [{ number: line.number, text: judgedText(line.text), isError }]
}

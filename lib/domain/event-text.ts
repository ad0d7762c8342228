import type { EventCause, HealthEvent } from './health-event'
import type { Status } from './status'

/** What a change of health says to people: a title of one line, and plain lines below it. Third-party text is in it. */
export interface EventText {
  readonly title: string
  readonly lines: readonly string[]
}

/** One line of what an event says: a sentence, or a head with the packages that it lists. */
export interface EventLine {
  readonly text: string
  readonly packages: readonly string[]
}

/** Names that a line lists before it counts the rest. */
const LISTED_MAX = 12
/** GitHub takes titles of 256 characters. */
const TITLE_MAX = 200
const LINE_MAX = 2_000

/** The words of a change of health, the same in a feed, a mail, a chat and an issue. */
export function eventText(event: HealthEvent): EventText {
  const lines = eventLines(event).map(lineOf)
  const revision = event.nixpkgsRevision === null ? [] : [`nixpkgs revision: ${event.nixpkgsRevision}`]
  return {
    title: oneLine(TITLES[event.kind](event), TITLE_MAX),
    lines: [...lines, ...revision].map((line) => oneLine(line, LINE_MAX)),
  }
}

/** What an event says, line by line, for whoever lists packages in a way of his own. Third-party text is in it. */
export function eventLines(event: HealthEvent): readonly EventLine[] {
  return LINES[event.kind](event)
}

/** The title of what follows one root cause over branches and versions. */
export function causeTitle(cause: EventCause): string {
  const title = cause.derivation === null ? `Does not evaluate: ${cause.name}` : `${cause.name} is broken`
  return oneLine(title, TITLE_MAX)
}

type Words<T> = Record<HealthEvent['kind'], (event: HealthEvent) => T>

const TITLES: Words<string> = {
  broke: ({ packages, branch, cause }) => `${headOf(packages)} broke on ${branch}${becauseOf(cause, packages)}`,
  fixed: ({ packages, branch, cause, alsoBroken }) => {
    const words = `${headOf(packages)} ${packages.length === 1 ? 'builds' : 'build'} again on ${branch}`
    return cause === null || alsoBroken.length > 0 || isOwn(cause, packages)
      ? words
      : `${words}: ${cause.name} was the cause`
  },
  evicted: ({ packages, branch }) =>
    `${headOf(packages)} ${packages.length === 1 ? 'is' : 'are'} gone from the caches on ${branch}`,
  stale: ({ branch }) => `${branch} is stale: its state is not known any more`,
  recovered: ({ branch }) => `${branch} is up to date again`,
}

const LINES: Words<readonly EventLine[]> = {
  broke: ({ packages, cause, alsoBroken }) => [
    ...(cause === null ? [] : [sentence(causeLine(cause))]),
    ...listLine('Broke', packages),
    ...listLine('Broken by it before', alsoBroken),
  ],
  fixed: ({ packages, cause, alsoBroken, stillBroken }) => [
    ...(cause === null ? [] : [sentence(`The root cause was ${cause.name}.`)]),
    ...listLine('Builds again', packages),
    ...listLine('Still broken by it', alsoBroken),
    ...listLine('Broken by something else now', stillBroken),
  ],
  evicted: ({ packages }) => [
    ...listLine('Evicted', packages),
    sentence('What was built can no longer be downloaded; whoever needs it builds it.'),
  ],
  stale: ({ reasons }) => reasons.map((reason) => sentence(STALE_WORDS.get(reason) ?? reason)),
  recovered: () => [],
}

const STALE_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'evaluation-old': 'Its newest finished evaluation is too old.',
    behind: 'Its nixpkgs revision is too far behind the branch upstream.',
    'source-unread': 'Its source could not be read for too long.',
  }),
)

const CAUSE_WORDS: Readonly<Partial<Record<Status, string>>> = {
  failed: 'failed to build',
  'timed-out': 'timed out',
  'dependency-failed': 'failed because of a dependency',
}

function causeLine({ derivation, name, status }: EventCause): string {
  if (derivation === null) return `Root cause: it does not evaluate: ${name}`
  return `Root cause: ${name} ${CAUSE_WORDS[status] ?? 'is broken'}.`
}

function becauseOf(cause: EventCause | null, packages: readonly string[]): string {
  if (cause === null || isOwn(cause, packages)) return ''
  return cause.derivation === null ? `: ${cause.name}` : `: ${cause.name} failed`
}

// A package that failed by itself is its own cause: naming it twice would say nothing.
function isOwn({ name, derivation }: EventCause, [first = '', ...more]: readonly string[]): boolean {
  return derivation !== null && more.length === 0 && name.includes(first)
}

function headOf(packages: readonly string[]): string {
  const [first = 'nothing', second, ...more] = packages
  if (second === undefined) return first
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${packages.length - 1} more`
}

function sentence(text: string): EventLine {
  return { text, packages: [] }
}

function listLine(text: string, packages: readonly string[]): EventLine[] {
  return packages.length === 0 ? [] : [{ text, packages }]
}

function lineOf({ text, packages }: EventLine): string {
  if (packages.length === 0) return text
  const rest = packages.length - LISTED_MAX
  const listed = packages.slice(0, LISTED_MAX).join(', ')
  return `${text}: ${listed}${rest > 0 ? ` and ${rest} more` : ''}`
}

// Names come from anywhere, and a title may become the header of a mail.
function oneLine(text: string, max: number): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  const points = [...line]
  return points.length <= max ? line : `${points.slice(0, max - 1).join('')}…`
}

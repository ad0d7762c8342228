import type { Log, LogSpan } from '@/lib/contract/log'

type Line = Log['lines'][number]

/** A page of a log. Each line has an anchor `L<number>`; looks come from the names of its pieces (styles/log.css). */
export function LogLines({ lines, matches }: { lines: readonly Line[]; matches: readonly number[] | null }) {
  const found = new Set(matches)
  return (
    <ol className="log-lines">
      {lines.map((line, at) => (
        <LogLine
          key={line.number}
          line={line}
          isMatch={found.has(line.number)}
          isAfterGap={line.number > (lines[at - 1]?.number ?? line.number) + 1}
        />
      ))}
    </ol>
  )
}

interface LogLineProps {
  readonly line: Line
  readonly isMatch: boolean
  /** Numbers before it are left out. */
  readonly isAfterGap: boolean
}

function LogLine({ line: { number, text, spans }, isMatch, isAfterGap }: LogLineProps) {
  return (
    <li id={`L${number}`} className="log-line" data-match={isMatch || undefined} data-gap={isAfterGap || undefined}>
      <a href={`#L${number}`} className="log-number" tabIndex={-1}>
        {number}
      </a>
      <span className="log-text">
        {isMatch && <span className="sr-only">match: </span>}
        {spans === null ? text : spans.map((span, at) => <Piece key={placeKey(at)} span={span} />)}
      </span>
    </li>
  )
}

/** Pieces of a line have no name but their place, and never move. */
function placeKey(at: number): string {
  return `piece ${at}`
}

function Piece({ span: { text, color, background, ...looks } }: { span: LogSpan }) {
  return (
    <span
      data-color={color ?? undefined}
      data-background={background ?? undefined}
      data-bold={looks.isBold || undefined}
      data-dim={looks.isDim || undefined}
      data-italic={looks.isItalic || undefined}
      data-underlined={looks.isUnderlined || undefined}
    >
      {text}
    </span>
  )
}

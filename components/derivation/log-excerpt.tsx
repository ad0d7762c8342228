import type { LogExcerpt } from '@/lib/contract/log'
import { paths } from '@/lib/contract/paths'

export interface LogExcerptViewProps {
  /** Store path of the derivation whose log it is from. */
  readonly derivation: string
  readonly excerpt: LogExcerpt
}

/** The lines of a log that tell why a build failed, each a link to its place in the whole log. */
export function LogExcerptView({ derivation, excerpt }: LogExcerptViewProps) {
  const { lines, phase, firstError, verdict } = excerpt
  return (
    <div className="grid min-w-0 gap-1 text-sm">
      <p className="text-muted">
        {verdict === 'found'
          ? 'Why it failed, as its log tells'
          : 'The cause is not in this text: these are its last lines'}
        {phase !== null && (
          <>
            {' · in '}
            <span className="font-mono text-xs">{phase}</span>
          </>
        )}
        {firstError !== null && (
          <>
            {' · '}
            <a href={paths.derivationLine(derivation, firstError)}>jump to the first error</a>
          </>
        )}
      </p>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section tabIndex={0} aria-label="Excerpt of the log" className="log-box">
          <ol className="log-lines">
            {lines.map(({ number, text, isError }, at) => (
              <li
                key={number}
                className="log-line"
                data-error={isError || undefined}
                data-gap={number > (lines[at - 1]?.number ?? number) + 1 || undefined}
              >
                <a href={paths.derivationLine(derivation, number)} className="log-number" tabIndex={-1}>
                  {number}
                </a>
                <span className="log-text">
                  {isError && <span className="sr-only">error: </span>}
                  {text}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

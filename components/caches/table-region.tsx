import type { ReactNode } from 'react'

/** A table behind a line that opens it; it scrolls by itself where it is wider than the screen. */
export function TableRegion({ summary, label, children }: { summary: string; label: string; children: ReactNode }) {
  return (
    <details className="mt-2">
      <summary className="w-fit text-xs underline underline-offset-2">{summary}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="relative overflow-x-auto pt-2">
        {children}
      </section>
    </details>
  )
}

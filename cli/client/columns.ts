import { printable } from '@/cli/terminal'
import type { Paint, Tone } from './paint'

export interface Shown {
  readonly text: string
  readonly tone: Tone | null
}

/** Rows as lines whose columns stand below one another; the last column is as long as it is. */
export function columns(rows: readonly (readonly Shown[])[], paint: Paint): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, { text }] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, printable(text).length)
  }
  return rows.map((row) =>
    row
      .map(({ text, tone }, at) => {
        const padded = at === row.length - 1 ? printable(text) : printable(text).padEnd(widths[at] ?? 0)
        return tone === null ? padded : paint(tone, padded)
      })
      .join('  ')
      .trimEnd(),
  )
}

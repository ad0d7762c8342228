import { Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { MatrixGroup } from './matrix-table'

export interface MatrixBodiesProps {
  readonly columns: number
  /** Leading rows that are headline packages. */
  readonly headlines: number
  /** Said over the rows that are no headline packages, or over all where none lead. */
  readonly restWords: string
  readonly rows: readonly ReactNode[]
  /** What follows the rows: the virtual ones. */
  readonly tail: ReactNode
}

/** Rows before the one at `index` that the table shows: its head and the lines over groups. */
export function rowsBefore(index: number, headlines: number): number {
  if (headlines === 0) return 2
  return index < headlines ? 2 : 3
}

/** The rows in their groups: headline packages first, where they lead. */
export function MatrixBodies({ columns, headlines, restWords, rows, tail }: MatrixBodiesProps) {
  const isAllHeadline = headlines === rows.length
  return (
    <>
      {headlines > 0 && (
        <tbody>
          <MatrixGroup columns={columns} ariaRowIndex={2}>
            <Star size={12} aria-hidden className="mr-1 inline fill-current align-[-1px] text-(--busy)" />
            headline
          </MatrixGroup>
          {rows.slice(0, headlines)}
        </tbody>
      )}
      {!isAllHeadline && (
        <tbody>
          <MatrixGroup columns={columns} ariaRowIndex={headlines + (headlines > 0 ? 3 : 2)}>
            {restWords}
          </MatrixGroup>
          {rows.slice(headlines)}
          {tail}
        </tbody>
      )}
    </>
  )
}

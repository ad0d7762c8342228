import type { ReactNode } from 'react'
import { groupedNumber } from './age'

/** The head of a section with how many there are. */
export function SectionHead({ id, count, children }: { id: string; count: number; children: ReactNode }) {
  return (
    <h2 id={id} className="px-4 pt-6 pb-2 text-lg font-semibold">
      {children} <span className="tabular text-sm font-normal text-muted">{groupedNumber(count)}</span>
    </h2>
  )
}

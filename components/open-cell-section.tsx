import type { Matrix } from '@/lib/contract/matrix'
import { CellCard } from './cell-card'

export interface OpenCellSectionProps {
  readonly matrix: Matrix
  readonly open: { readonly branch: string; readonly package: string }
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly closeHref: string
}

/** The details of one cell on the page itself: where scripts run, a card beside the cell takes its place. */
export function OpenCellSection({ matrix, open, now, nixpkgsUrl, closeHref }: OpenCellSectionProps) {
  const branch = matrix.branches.find(({ name }) => name === open.branch)
  const row = matrix.packages.find(({ name }) => name === open.package)
  if (!branch || !row) return null
  return (
    <section aria-label="Open cell" className="no-js-only mx-3 mb-3 max-w-[640px] border border-line">
      <CellCard {...{ row, branch, now, nixpkgsUrl }} />
      <p className="border-t border-line px-4 py-2 text-sm">
        <a href={closeHref}>Close</a>
      </p>
    </section>
  )
}

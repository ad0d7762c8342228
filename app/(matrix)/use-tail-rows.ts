'use client'
import { useQueries } from '@tanstack/react-query'
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { matrixPageQuery } from '@/lib/client/matrix'
import { MATRIX_PAGE_ROWS, type MatrixPackage, type MatrixParams } from '@/lib/contract/matrix'

const ROW_PX = 40
const OVERSCAN_ROWS = 16

export interface TailRow {
  /** Place among all rows that the page can show, the first ones included. */
  readonly index: number
  /** Height of the rows left out before this one. */
  readonly gapPx: number
  /** Null while its page is loaded. */
  readonly row: MatrixPackage | null
}

/** The rows beyond the first page: only those near the window are drawn, and only their pages are loaded. */
export function useTailRows({ params, count, keep }: { params: MatrixParams; count: number; keep: number }) {
  const marker = useRef<HTMLTableRowElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  // What stands above the marker can change its height with any drawing.
  useLayoutEffect(() => {
    if (marker.current !== null) setScrollMargin(Math.round(marker.current.getBoundingClientRect().top + scrollY))
  })
  const kept = keep - MATRIX_PAGE_ROWS
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      const isOutside = kept >= 0 && kept < range.count && !indexes.includes(kept)
      return isOutside ? [...indexes, kept].sort((a, b) => a - b) : indexes
    },
    [kept],
  )
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollMargin,
    rangeExtractor,
  })
  const items = virtualizer.getVirtualItems()
  const pages = [...new Set(items.map(({ index }) => pageOf(index)))]
  const loaded = useQueries({ queries: pages.map((page) => matrixPageQuery(params, page)) })
  const rowAt = (index: number) =>
    loaded[pages.indexOf(pageOf(index))]?.data?.packages[index % MATRIX_PAGE_ROWS] ?? null

  let endPx = scrollMargin
  const rows = items.map(({ index, start, end }): TailRow => {
    const gapPx = Math.max(0, start - endPx)
    endPx = end
    return { index: index + MATRIX_PAGE_ROWS, gapPx, row: rowAt(index) }
  })
  const restPx = Math.max(0, virtualizer.getTotalSize() + scrollMargin - endPx)
  return { marker, rows, restPx, isFailed: loaded.some(({ isError }) => isError) }
}

/** Pages are counted from the one that came with the page, which is 0. */
function pageOf(tailIndex: number): number {
  return Math.floor(tailIndex / MATRIX_PAGE_ROWS) + 1
}

'use client'
import { useQueryClient } from '@tanstack/react-query'
import { matrixPageQuery } from '@/lib/client/matrix'
import { MATRIX_PAGE_ROWS, type Matrix, type MatrixPackage, type MatrixParams } from '@/lib/contract/matrix'

/** The rows of the page: the first ones, how many can follow, and any of them by its place as far as it is loaded. */
export function useRows(matrix: Matrix, params: MatrixParams) {
  const client = useQueryClient()
  const headRows = matrix.packages
  const isFull = headRows.length === MATRIX_PAGE_ROWS
  return {
    headRows,
    tailCount: isFull ? Math.max(0, matrix.total - params.offset - MATRIX_PAGE_ROWS) : 0,
    rowAt(index: number): MatrixPackage | undefined {
      if (index < MATRIX_PAGE_ROWS) return headRows[index]
      const page = client.getQueryData(matrixPageQuery(params, Math.floor(index / MATRIX_PAGE_ROWS)).queryKey)
      return page?.packages[index % MATRIX_PAGE_ROWS]
    },
  }
}

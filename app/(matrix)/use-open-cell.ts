'use client'
import { useQueryState } from 'nuqs'
import { type RefObject, useEffect, useRef } from 'react'
import type { MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'
import { toOpenCell } from './open-cell'
import { matrixSearchParams } from './search-params'
import { elementAt } from './use-cell-cursor'

export interface OpenCellOptions {
  readonly table: RefObject<HTMLElement | null>
  readonly rows: readonly MatrixPackage[]
  readonly branches: readonly MatrixBranch[]
  readonly pin: (target: Element) => boolean
}

/** The open cell in the address: opened when the page comes with one, written when one is opened. */
export function useOpenCell({ table, rows, branches, pin }: OpenCellOptions) {
  const [open, setOpen] = useQueryState('open', matrixSearchParams.open)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) return
    isFirst.current = false
    const wanted = toOpenCell(open)
    const column = branches.findIndex(({ name }) => name === wanted?.branch) + 1
    const row = rows.findIndex(({ name }) => name === wanted?.package)
    const element = column > 0 ? elementAt(table.current, { row, column }) : null
    element?.scrollIntoView({ block: 'center' })
    if (element !== null) pin(element)
  })
  return {
    remember: (branch: string, name: string) => void setOpen(`${branch}:${name}`),
    forget: () => void setOpen(null),
  }
}

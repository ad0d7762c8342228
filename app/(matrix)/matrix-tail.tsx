'use client'
import { Fragment, useLayoutEffect } from 'react'
import { MatrixRow, type MatrixRowProps } from '@/components/matrix-row'
import { MatrixSpacer, MatrixWaitingRow } from '@/components/matrix-waiting'
import type { MatrixPackage, MatrixParams } from '@/lib/contract/matrix'
import { useTailRows } from './use-tail-rows'

export interface MatrixTailProps {
  readonly params: MatrixParams
  readonly count: number
  /** Row that stays drawn however far it is scrolled away: the one with the cell cursor. */
  readonly keep: number
  readonly columns: number
  readonly propsOf: (row: MatrixPackage, index: number) => MatrixRowProps
  readonly ariaRowIndexOf: (index: number) => number
  /** Called after rows were drawn, loaded ones in place of waiting ones too. */
  readonly onDrawn: () => void
}

/** The rows beyond the first page, drawn where the window is. */
export function MatrixTail({ params, count, keep, columns, propsOf, ariaRowIndexOf, onDrawn }: MatrixTailProps) {
  useLayoutEffect(onDrawn)
  const { marker, rows, restPx, isFailed } = useTailRows({ params, count, keep })
  return (
    <>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a plain table takes no focus, and this one is empty */}
      <tr ref={marker} aria-hidden="true" />
      {rows.map(({ index, gapPx, row }) => (
        <Fragment key={index}>
          {gapPx > 0 && <MatrixSpacer heightPx={gapPx} columns={columns} />}
          {row === null ? (
            <MatrixWaitingRow ariaRowIndex={ariaRowIndexOf(index)} columns={columns} isFailed={isFailed} />
          ) : (
            <MatrixRow {...propsOf(row, index)} />
          )}
        </Fragment>
      ))}
      {restPx > 0 && <MatrixSpacer heightPx={restPx} columns={columns} />}
    </>
  )
}

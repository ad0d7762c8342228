'use client'
import { useQuery } from '@tanstack/react-query'
import { Popover } from 'radix-ui'
import { useRef } from 'react'
import { CellCard } from '@/components/cell-card'
import { matrixPackageQuery } from '@/lib/client/matrix'
import type { MatrixBranch, MatrixPackage, MatrixParams } from '@/lib/contract/matrix'
import type { OpenCard } from './use-cell-card'

export interface CellCardIslandProps {
  readonly card: OpenCard
  readonly row: MatrixPackage
  readonly branch: MatrixBranch
  readonly params: MatrixParams
  readonly now: Date
  readonly nixpkgsUrl: string
  readonly onClose: () => void
  readonly onPointerEnter: () => void
  readonly onPointerLeave: () => void
}

/** The card of one cell beside it. What a compact row lacks is asked for when its card opens. */
export function CellCardIsland(props: CellCardIslandProps) {
  const { card, row, branch, params, now, nixpkgsUrl, onClose, onPointerEnter, onPointerLeave } = props
  const cell = row.cells[branch.name]
  const isCompact = cell !== undefined && cell.outputs === undefined
  const full = useQuery({ ...matrixPackageQuery(params, row.name), enabled: isCompact })
  const anchor = useRef(card.anchor)
  anchor.current = card.anchor
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          key={`${card.place.row} ${card.place.column} ${card.isPinned}`}
          aria-label={`${row.name} on ${branch.title}`}
          aria-busy={isCompact && full.isPending}
          tabIndex={-1}
          className="raised z-40 max-h-[min(560px,70vh)] w-[min(440px,calc(100vw-24px))] overflow-auto"
          side="bottom"
          align="start"
          sideOffset={2}
          collisionPadding={12}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            // The card itself, so that it is read from its beginning.
            if (card.isPinned && event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (card.isPinned) card.anchor.focus()
          }}
          onInteractOutside={(event) => {
            // A click on a cell moves the card there; the grid itself sees to a glance.
            const target = event.detail.originalEvent.target
            const isCell = target instanceof Element && target.closest('[data-row]') !== null
            if (isCell || !card.isPinned) event.preventDefault()
          }}
          onPointerEnter={onPointerEnter}
          onPointerLeave={onPointerLeave}
        >
          <CellCard row={full.data?.packages[0] ?? row} branch={branch} now={now} nixpkgsUrl={nixpkgsUrl} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

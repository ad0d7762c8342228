'use client'
import { groupedNumber } from '@/components/age'
import { BranchSwitcher } from '@/components/branch-switcher'
import { FirstRun, NothingMatches } from '@/components/matrix-empty'
import { MatrixFilters } from '@/components/matrix-filters'
import { MatrixNotices } from '@/components/matrix-notices'
import { OpenCellSection } from '@/components/open-cell-section'
import { PageLinks } from '@/components/page-links'
import { useNow } from '@/lib/client/use-now'
import { MATRIX_PAGE_ROWS } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { MatrixGrid } from './matrix-grid'
import { toOpenCell } from './open-cell'
import { useMatrix } from './use-matrix'

export interface MatrixIslandProps {
  /** When the server drew the page. */
  readonly serverNow: string
  readonly nixpkgsUrl: string
  /** Rows of the whole matrix, whatever the filter, when the page was drawn. */
  readonly packages: number
}

/** Holds the page's browser state; everything it draws is a pure view. */
export function MatrixIsland({ serverNow, nixpkgsUrl, packages }: MatrixIslandProps) {
  const now = useNow(serverNow)
  const { search, setFilter, setAt, clear, params, matrix, isBusy, fault, fresh, isSyncing, hrefOf } = useMatrix()
  if (matrix === undefined) return <MatrixNotices branches={[]} fault={fault} />

  const { branches, total } = matrix
  const shown = branches.find(({ name }) => name === search.at)?.name ?? branches[0]?.name ?? ''
  const all = Math.max(packages, total)
  // Packages of the configuration are rows before anything is known of them.
  const isFirstRun =
    branches.every(({ freshness }) => freshness === 'never') &&
    matrix.packages.every(({ cells }) => Object.keys(cells).length === 0)
  const open = toOpenCell(search.open)
  return (
    <>
      <MatrixNotices branches={isFirstRun ? [] : branches} fault={fault} />
      <div className="sticky left-(--rail) z-22 flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
        <h1 className="text-lg font-semibold">Build matrix</h1>
        <MatrixFilters filter={search} systems={matrix.systems} variants={matrix.variants} onChange={setFilter} />
        <p role="status" className="tabular ml-auto text-xs text-muted">
          {groupedNumber(total)} of {groupedNumber(all)} packages
        </p>
      </div>
      <BranchSwitcher branches={branches} shown={shown} hrefOf={(at) => hrefOf({ at })} onChoose={setAt} />
      {open && <OpenCellSection {...{ matrix, open, now, nixpkgsUrl }} closeHref={hrefOf({ open: null })} />}
      {isFirstRun && <FirstRun isSyncing={isSyncing} syncHref={paths.sync()} />}
      {!isFirstRun && total === 0 && <NothingMatches clearHref={paths.matrix()} onClear={clear} />}
      {!isFirstRun && total > 0 && (
        <>
          <PageLinks
            offset={params.offset}
            pageSize={MATRIX_PAGE_ROWS}
            total={total}
            hrefOf={(offset) => hrefOf({ offset })}
          />
          <MatrixGrid
            {...{ matrix, params, now, nixpkgsUrl, shown, isBusy, fresh }}
            query={hrefOf({ open: null }).replace(/^\/\??/, '')}
            restWords={restWordsOf(total, all)}
          />
          <PageLinks
            offset={params.offset}
            pageSize={MATRIX_PAGE_ROWS}
            total={total}
            hrefOf={(offset) => hrefOf({ offset })}
          />
        </>
      )}
    </>
  )
}

function restWordsOf(total: number, all: number): string {
  return total === all
    ? `all ${groupedNumber(all)} packages`
    : `${groupedNumber(total)} of ${groupedNumber(all)} packages`
}

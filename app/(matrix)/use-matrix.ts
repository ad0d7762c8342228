'use client'
import { useQuery } from '@tanstack/react-query'
import { createSerializer, debounce, useQueryStates } from 'nuqs'
import { useState } from 'react'
import type { MatrixFilter } from '@/components/matrix-filters'
import { changedCells } from '@/lib/client/changed-cells'
import { matrixQuery } from '@/lib/client/matrix'
import { REFRESH_MS, REFRESH_WHILE_SYNCING_MS } from '@/lib/client/query-client'
import { syncQuery } from '@/lib/client/sync'
import { useDebounced } from '@/lib/client/use-debounced'
import type { Matrix } from '@/lib/contract/matrix'
import { type MatrixSearch, matrixSearchParams, toMatrixParams } from './search-params'

const TYPING_MS = 250
const toQuery = createSerializer(matrixSearchParams)

/** The matrix for what stands in the address, kept up to date. */
export function useMatrix() {
  const [search, setSearch] = useQueryStates(matrixSearchParams)
  const q = useDebounced(search.q, TYPING_MS)
  const params = toMatrixParams({ ...search, q })
  const sync = useQuery(syncQuery())
  const isSyncing = Boolean(sync.data?.running)
  const refetchInterval = isSyncing ? REFRESH_WHILE_SYNCING_MS : REFRESH_MS
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...matrixQuery(params), refetchInterval })

  return {
    search,
    params,
    matrix: data,
    isSyncing,
    isBusy: isPlaceholderData,
    fresh: useFreshCells(isPlaceholderData ? undefined : data, params),
    fault: error === null ? null : { message: error.message, onRetry: () => void refetch() },
    /** Another filter begins again at the first row. */
    setFilter: (change: Partial<MatrixFilter>) =>
      void setSearch({ ...change, offset: 0 }, change.q === undefined ? {} : { limitUrlUpdates: debounce(TYPING_MS) }),
    setAt: (at: string) => void setSearch({ at }),
    clear: () => void setSearch(null),
    hrefOf: (change: Partial<MatrixSearch>) => toQuery('/', { ...search, ...change }),
  }
}

/** The cells that changed with the newest answer to the same question. */
function useFreshCells(matrix: Matrix | undefined, params: object) {
  const question = JSON.stringify(params)
  const [seen, setSeen] = useState({ matrix, question, fresh: NOTHING })
  if (seen.matrix === matrix && seen.question === question) return seen.fresh
  const before = seen.question === question ? seen.matrix : undefined
  const fresh = before && matrix ? changedCells(before.packages, matrix.packages) : NOTHING
  setSeen({ matrix, question, fresh })
  return fresh
}

const NOTHING: ReadonlyMap<string, ReadonlySet<string>> = new Map()

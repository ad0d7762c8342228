'use client'
import { debounce, useQueryStates } from 'nuqs'
import type { RefObject } from 'react'
import { SearchField } from '@/components/search-field'
import { matrixSearchParams } from './(matrix)/search-params'

const TYPING_MS = 250

/** The search of the top bar: on the matrix it filters while one types, elsewhere it leads there. */
export function SearchIsland(props: { field: RefObject<HTMLInputElement | null>; id: string; isMatrix: boolean }) {
  const { field, id, isMatrix } = props
  const [{ q }, setSearch] = useQueryStates({ q: matrixSearchParams.q, offset: matrixSearchParams.offset })
  if (!isMatrix) return <SearchField field={field} id={id} />
  return (
    <SearchField
      field={field}
      id={id}
      value={q}
      onType={(text) => void setSearch({ q: text, offset: 0 }, { limitUrlUpdates: debounce(TYPING_MS) })}
    />
  )
}

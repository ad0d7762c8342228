'use client'
import { useRouter } from 'next/navigation'
import { debounce, useQueryStates } from 'nuqs'
import type { RefObject } from 'react'
import { SearchField } from '@/components/search-field'
import { questionOf } from '@/lib/contract/explain-question'
import { paths } from '@/lib/contract/paths'
import { matrixSearchParams } from './(matrix)/search-params'

const TYPING_MS = 250

/** The search of the top bar: on the matrix it filters while one types, elsewhere it leads there. A store path is explained. */
export function SearchIsland(props: { field: RefObject<HTMLInputElement | null>; id: string; isMatrix: boolean }) {
  const { field, id, isMatrix } = props
  const [{ q }, setSearch] = useQueryStates({ q: matrixSearchParams.q, offset: matrixSearchParams.offset })
  const router = useRouter()
  const onType = (text: string) => {
    const [asked] = questionOf(text).paths
    if (asked !== undefined) router.push(paths.explain(asked.path))
    else void setSearch({ q: text, offset: 0 }, { limitUrlUpdates: debounce(TYPING_MS) })
  }
  if (!isMatrix) return <SearchField key="leading" field={field} id={id} />
  return <SearchField key="filtering" field={field} id={id} value={q} onType={onType} />
}

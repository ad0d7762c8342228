'use client'
import { debounce, useQueryStates } from 'nuqs'
import { useTransition } from 'react'
import { CheckMenu } from '@/components/check-menu'
import { FilterForm } from '@/components/filter-form'
import { STATUSES, type Status } from '@/lib/domain/status'
import { evaluationSearchParams } from './search-params'

const TYPING_MS = 250

export interface AttributeFiltersProps {
  readonly action: string
  /** Statuses that occur, each with how many attributes have it. */
  readonly statuses: readonly { readonly status: Status; readonly count: number }[]
  readonly found: string
}

/** What narrows the attributes: the server filters. A plain form, so it works without JavaScript too. */
export function AttributeFilters({ action, statuses, found }: AttributeFiltersProps) {
  const [isBusy, startTransition] = useTransition()
  const [{ q, status }, setSearch] = useQueryStates(evaluationSearchParams, { shallow: false, startTransition })
  return (
    <FilterForm action={action} label="Filter attributes" className="px-4 pb-2">
      <input
        type="search"
        name="q"
        aria-label="Package, attribute or cause"
        placeholder="Package, attribute or cause"
        maxLength={200}
        className="field w-64 max-w-full"
        value={q}
        onChange={(event) =>
          void setSearch({ q: event.target.value, offset: 0 }, { limitUrlUpdates: debounce(TYPING_MS) })
        }
      />
      <CheckMenu
        label="Status"
        name="status"
        options={statuses.map((one) => ({ value: one.status, word: `${one.status} (${one.count})` }))}
        chosen={status}
        onChange={(chosen) => void setSearch({ status: STATUSES.filter((one) => chosen.includes(one)), offset: 0 })}
      />
      <p role="status" aria-busy={isBusy} className="tabular ml-auto text-xs text-muted">
        {found}
      </p>
    </FilterForm>
  )
}

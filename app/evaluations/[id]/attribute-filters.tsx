'use client'
import { debounce, useQueryStates } from 'nuqs'
import { useTransition } from 'react'
import { CheckMenu } from '@/components/check-menu'
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
    <form
      action={action}
      method="get"
      aria-label="Filter attributes"
      className="flex flex-wrap items-center gap-2 px-4 pb-2"
      onSubmit={(event) => event.preventDefault()}
    >
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
      <button type="submit" className="button no-js-only">
        Apply
      </button>
      <p role="status" aria-busy={isBusy} className="tabular ml-auto text-xs text-muted">
        {found}
      </p>
    </form>
  )
}

import { MATRIX_SORTS, type MatrixParams } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { STATUSES } from '@/lib/domain/status'
import { CheckMenu } from './check-menu'
import { FilterForm } from './filter-form'

export type MatrixFilter = Pick<
  MatrixParams,
  'q' | 'status' | 'package' | 'branch' | 'system' | 'variant' | 'changed' | 'ready' | 'sort'
>

export interface MatrixFiltersProps {
  readonly filter: MatrixFilter
  readonly systems: readonly string[]
  readonly variants: readonly string[]
  readonly onChange: (change: Partial<MatrixFilter>) => void
}

const SORT_WORDS = {
  name: 'by name',
  status: 'worst first',
  changed: 'changed first',
} as const satisfies Record<MatrixParams['sort'], string>

const READY_VALUES = new Map([
  ['true', true],
  ['false', false],
])

/** What narrows and orders the rows, the search of the top bar aside. */
export function MatrixFilters({ filter, systems, variants, onChange }: MatrixFiltersProps) {
  const toOptions = (words: readonly string[]) => words.map((word) => ({ value: word, word }))
  return (
    <FilterForm action={paths.matrix()} label="Filter packages">
      <CheckMenu
        label="Status"
        name="status"
        options={toOptions(STATUSES)}
        chosen={filter.status}
        onChange={(chosen) => onChange({ status: STATUSES.filter((status) => chosen.includes(status)) })}
      />
      <label className="button" data-on={filter.changed || undefined}>
        <input
          type="checkbox"
          name="changed"
          value="true"
          checked={filter.changed}
          onChange={(event) => onChange({ changed: event.target.checked })}
        />
        Changed only
      </label>
      <select
        name="ready"
        aria-label="Ready"
        className="field"
        value={String(filter.ready ?? '')}
        onChange={(event) => onChange({ ready: READY_VALUES.get(event.target.value) ?? null })}
      >
        <option value="">ready or not</option>
        <option value="true">ready somewhere</option>
        <option value="false">not ready somewhere</option>
      </select>
      <CheckMenu
        label="System"
        name="system"
        options={toOptions(systems)}
        chosen={filter.system}
        onChange={(system) => onChange({ system })}
      />
      <CheckMenu
        label="Variant"
        name="variant"
        options={toOptions(variants)}
        chosen={filter.variant}
        onChange={(variant) => onChange({ variant })}
      />
      <select
        name="sort"
        aria-label="Order"
        className="field"
        value={filter.sort}
        onChange={(event) => onChange({ sort: MATRIX_SORTS.find((sort) => sort === event.target.value) ?? 'name' })}
      >
        {MATRIX_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </option>
        ))}
      </select>
      <Kept filter={filter} />
    </FilterForm>
  )
}

/** What is chosen elsewhere and must survive this form: the search, own packages, branches. */
function Kept({ filter }: Pick<MatrixFiltersProps, 'filter'>) {
  const kept = [
    ...(filter.q === '' ? [] : [['q', filter.q] as const]),
    ...filter.package.map((value) => ['package', value] as const),
    ...filter.branch.map((value) => ['branch', value] as const),
  ]
  return kept.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />)
}

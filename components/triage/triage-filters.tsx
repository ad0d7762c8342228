import { CheckMenu } from '@/components/check-menu'
import { FilterForm } from '@/components/filter-form'
import { TRIAGE_STATE_WORDS, type Triage, type TriageParams } from '@/lib/contract/triage'
import { TRIAGE_STATES } from '@/lib/domain/triage'

export type TriageFilter = Pick<TriageParams, 'state' | 'branch'>

export interface TriageFiltersProps {
  readonly filter: TriageFilter
  readonly triage: Triage
  readonly action: string
  readonly onChange: (change: Partial<TriageFilter>) => void
}

/** What narrows the list. */
export function TriageFilters({ filter, triage, action, onChange }: TriageFiltersProps) {
  const states = TRIAGE_STATES.map((value) => ({
    value,
    word: `${TRIAGE_STATE_WORDS[value]} (${triage.states[value]})`,
  }))
  return (
    <FilterForm action={action} label="Filter causes">
      <CheckMenu
        label="State"
        name="state"
        options={states}
        chosen={filter.state}
        onChange={(chosen) => onChange({ state: TRIAGE_STATES.filter((state) => chosen.includes(state)) })}
      />
      <CheckMenu
        label="Branch"
        name="branch"
        options={triage.branches.map(({ name, title }) => ({ value: name, word: title }))}
        chosen={filter.branch}
        onChange={(branch) => onChange({ branch })}
      />
    </FilterForm>
  )
}

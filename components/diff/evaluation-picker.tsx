import { exactTime } from '@/components/age'
import type { BranchChoices, EvaluationChoice } from '@/lib/contract/diff-choices'

export interface EvaluationPickerProps {
  /** Key in the query string. */
  readonly name: 'from' | 'to'
  readonly label: string
  readonly choices: readonly BranchChoices[]
  readonly chosen: EvaluationChoice | null
  /** Scripts run: a branch and then its evaluations; before that, one list of both. */
  readonly isLive: boolean
  readonly onChoose: (id: string) => void
}

/** One side of a diff: the branch and which of its evaluations. */
export function EvaluationPicker({ name, label, choices, chosen, isLive, onChoose }: EvaluationPickerProps) {
  const lists = withChosen(choices, chosen)
  const shown = isLive && chosen !== null ? lists.filter(({ branch }) => branch === chosen.branch) : lists
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:w-full">
      <legend className="float-left mr-1.5 w-12 text-sm text-muted">{label}</legend>
      {isLive && chosen !== null && (
        <select
          aria-label={`${label}: branch`}
          className="field max-sm:flex-1"
          value={chosen.branch}
          onChange={(event) => {
            const id = defaultOf(lists, event.target.value)
            if (id !== null) onChoose(id)
          }}
        >
          {lists.map(({ branch, title, evaluations }) => (
            <option key={branch} value={branch} disabled={evaluations.length === 0}>
              {title}
            </option>
          ))}
        </select>
      )}
      <select
        name={name}
        aria-label={`${label}: evaluation`}
        className="field tabular max-w-full max-sm:flex-1"
        key={isLive ? 'live' : 'plain'}
        {...(isLive
          ? { value: chosen?.id ?? '', onChange: (event) => onChoose(event.target.value) }
          : { defaultValue: chosen?.id ?? '' })}
      >
        {chosen === null && <option value="">choose an evaluation</option>}
        {shown.map(({ branch, title, evaluations }) => (
          <optgroup key={branch} label={title}>
            {evaluations.map((one) => (
              <option key={one.id} value={one.id}>
                {optionWords(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </fieldset>
  )
}

/** Older than what the lists hold, and chosen all the same. */
function withChosen(choices: readonly BranchChoices[], chosen: EvaluationChoice | null): readonly BranchChoices[] {
  if (chosen === null || choices.some(({ evaluations }) => evaluations.some(({ id }) => id === chosen.id))) {
    return choices
  }
  return choices.map((one) =>
    one.branch === chosen.branch ? { ...one, evaluations: [...one.evaluations, chosen] } : one,
  )
}

/** The newest evaluation of a branch that says something, else simply the newest. */
function defaultOf(choices: readonly BranchChoices[], branch: string): string | null {
  const { evaluations = [] } = choices.find((one) => one.branch === branch) ?? {}
  const decided = evaluations.find(
    ({ state, isSuperseded }) => (state === 'finished' || state === 'failed') && !isSuperseded,
  )
  return (decided ?? evaluations[0])?.id ?? null
}

function optionWords({ index, state, isSuperseded, startedAt, finishedAt }: EvaluationChoice): string {
  const words = [...(state === 'finished' ? [] : [state]), ...(isSuperseded ? ['superseded'] : [])]
  return [`#${index}`, exactTime(finishedAt ?? startedAt), ...words].join(' · ')
}

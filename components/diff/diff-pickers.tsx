import { ArrowLeftRight } from 'lucide-react'
import type { Diff } from '@/lib/contract/diff'
import type { BranchChoices, EvaluationChoice } from '@/lib/contract/diff-choices'
import { paths } from '@/lib/contract/paths'
import { EvaluationPicker } from './evaluation-picker'

export interface DiffPickersProps {
  readonly choices: readonly BranchChoices[]
  readonly from: EvaluationChoice | null
  readonly to: EvaluationChoice | null
  readonly isLive: boolean
  readonly onChoose: (sides: { from: string | null; to: string | null }) => void
}

/** The two sides, and a button that turns them round. A plain form: without JavaScript its button sends it. */
export function DiffPickers({ choices, from, to, isLive, onChoose }: DiffPickersProps) {
  const sides = { from: from?.id ?? null, to: to?.id ?? null }
  return (
    <form action={paths.diff()} method="get" aria-label="Sides" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <EvaluationPicker
        name="from"
        label="Before"
        chosen={from}
        {...{ choices, isLive }}
        onChoose={(id) => onChoose({ ...sides, from: id })}
      />
      {sides.from !== null && sides.to !== null && (
        <a
          href={paths.diffOf({ from: sides.to, to: sides.from })}
          className="button no-underline!"
          title="Swap the two sides"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onChoose({ from: sides.to, to: sides.from })
          }}
        >
          <ArrowLeftRight size={14} aria-hidden /> Swap
        </a>
      )}
      <EvaluationPicker
        name="to"
        label="After"
        chosen={to}
        {...{ choices, isLive }}
        onChoose={(id) => onChoose({ ...sides, to: id })}
      />
      <button type="submit" className="button no-js-only">
        Compare
      </button>
    </form>
  )
}

export interface DiffPresetsProps {
  readonly diff: Diff
  readonly titles: ReadonlyMap<string, string>
}

/** Other left sides for the same right side, each one click away. */
export function DiffPresets({ diff, titles }: DiffPresetsProps) {
  const { presets, to } = diff
  const broken = diff.entries.filter(({ change }) => change === 'newly-failing' || change === 'still-failing')
  const names = [...new Set(broken.map((entry) => entry.package))]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="text-muted">Compare #{to.index} with</span>
      {presets.previous !== null && <a href={paths.diffOf({ from: presets.previous, to: to.id })}>the one before</a>}
      {presets.sameDay.map(({ branch, evaluation }) => (
        <a key={branch} href={paths.diffOf({ from: evaluation, to: to.id })}>
          {titles.get(branch) ?? branch}, same day
        </a>
      ))}
      <form action={paths.diff()} method="get" className="flex items-center gap-1.5">
        <input type="hidden" name="to" value={to.id} />
        <label className="flex items-center gap-1.5 text-muted">
          the last good one of
          <input
            name="package"
            list="broken-packages"
            required
            maxLength={200}
            placeholder="package"
            className="field w-36"
          />
        </label>
        <datalist id="broken-packages">
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="submit" className="button">
          Go
        </button>
      </form>
    </div>
  )
}

import type { Packages } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'

export interface PinFormProps {
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly headline: readonly string[]
  readonly chosen: { readonly packages: readonly string[]; readonly branches: readonly string[] }
  readonly q: string
  /** What the search found; null while nothing is searched. */
  readonly found: Packages | null
  /** Scripts run: each choice counts at once. */
  readonly isLive: boolean
  readonly onPackages: (names: string[]) => void
  readonly onBranches: (names: string[]) => void
  readonly onSearch: (q: string) => void
}

/** Which packages on which branches. A plain form: without JavaScript its button sends it. */
export function PinForm(props: PinFormProps) {
  const { branches, chosen, q, found, onPackages, onBranches, onSearch } = props
  const isHeadline = chosen.packages.join('\n') === props.headline.join('\n')
  return (
    <form action={paths.pin()} method="get" aria-label="What to pin" className="grid gap-3">
      <Checks
        legend="Packages"
        name="package"
        options={[...new Set([...props.headline, ...chosen.packages])].map((value) => ({ value, word: value }))}
        chosen={chosen.packages}
        onChange={onPackages}
        isLive={props.isLive}
      />
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">Find more packages</span>
          <input
            type="search"
            name="q"
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            className="field w-56"
            {...(props.isLive ? { value: q, onChange: (event) => onSearch(event.target.value) } : { defaultValue: q })}
          />
        </label>
        {!isHeadline && props.headline.length > 0 && (
          <button type="button" className="button js-only" onClick={() => onPackages([])}>
            Headline packages
          </button>
        )}
      </div>
      {found !== null && <Found {...props} found={found} />}
      <Checks
        legend="Branches"
        name="branch"
        options={branches.map(({ name, title }) => ({ value: name, word: title }))}
        chosen={chosen.branches}
        onChange={onBranches}
        isLive={props.isLive}
      />
      <button type="submit" className="button no-js-only w-fit">
        Show
      </button>
    </form>
  )
}

function Found({ found, chosen, headline, isLive, onPackages, q }: PinFormProps & { readonly found: Packages }) {
  const further = found.packages.filter(({ name }) => !headline.includes(name) && !chosen.packages.includes(name))
  if (further.length === 0) {
    return (
      <p role="status" className="text-sm text-muted">
        No further package is found by “{q}”.
      </p>
    )
  }
  return (
    <Checks
      legend={found.next === null ? 'Found' : `Found, the first ${found.packages.length} of ${found.total}`}
      name="package"
      options={further.map(({ name }) => ({ value: name, word: name }))}
      chosen={[]}
      onChange={(names) => onPackages([...chosen.packages, ...names])}
      isLive={isLive}
    />
  )
}

interface ChecksProps {
  readonly legend: string
  readonly name: string
  readonly options: readonly { readonly value: string; readonly word: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
  readonly isLive: boolean
}

function Checks({ legend, name, options, chosen, onChange, isLive }: ChecksProps) {
  const toggle = (value: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
      <legend className="float-left mr-1.5 text-sm text-muted">{legend}</legend>
      {options.map(({ value, word }) => (
        <label key={value} className="button max-w-full" data-on={chosen.includes(value) || undefined}>
          <input
            type="checkbox"
            name={name}
            value={value}
            {...(isLive
              ? { checked: chosen.includes(value), onChange: (event) => toggle(value, event.target.checked) }
              : { defaultChecked: chosen.includes(value) })}
          />
          <span className="truncate">{word}</span>
        </label>
      ))}
    </fieldset>
  )
}

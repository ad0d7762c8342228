import { ChevronDown } from 'lucide-react'

export interface CheckMenuProps {
  readonly label: string
  /** Key in the query string; checked boxes are sent as repeated keys. */
  readonly name: string
  readonly options: readonly { readonly value: string; readonly word: string }[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: string[]) => void
}

/** Several of some words, behind a button; opens and sends without JavaScript. */
export function CheckMenu({ label, name, options, chosen, onChange }: CheckMenuProps) {
  if (options.length === 0) return null
  const toggle = (value: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))
  return (
    <details className="relative" name="matrix-filter">
      <summary className="button" data-on={chosen.length > 0 || undefined}>
        {label}
        {chosen.length > 0 && <span className="tabular text-muted">{chosen.length}</span>}
        <ChevronDown size={13} aria-hidden />
      </summary>
      <fieldset className="raised absolute left-0 z-30 mt-1 max-h-80 min-w-48 overflow-auto p-1">
        <legend className="sr-only">{label}</legend>
        {options.map(({ value, word }) => (
          <label
            key={value}
            className="flex items-center gap-2 rounded px-2 py-1 text-sm whitespace-nowrap hover:bg-hover"
          >
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            {word}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

import { X } from 'lucide-react'
import { plainText } from '@/lib/domain/plain-text'
import type { BadgeFormProps } from './badge-form'

const NAME_MAX = 200

/** Which packages the badge is of: one, or several that are added one by one; none means the headline ones. */
export function BadgePackages({
  choice,
  packages,
  hrefOf,
  onChange,
}: Pick<BadgeFormProps, 'choice' | 'packages' | 'hrefOf' | 'onChange'>) {
  const isList = choice.kind !== 'package'
  const take = (input: HTMLInputElement) => {
    const name = plainText(input.value, NAME_MAX)
    if (isList) input.value = ''
    if (isList && name === '') return
    onChange({ package: isList ? [...new Set([...choice.package, name])] : [name].filter((one) => one !== '') })
  }
  return (
    <div className="grid gap-1">
      <label className="grid gap-1 text-xs text-muted">
        {isList ? 'Add a package' : 'Package'}
        <input
          name="package"
          list="badge-packages"
          className="field w-56"
          maxLength={NAME_MAX}
          placeholder={isList ? 'headline packages' : (packages[0] ?? 'name')}
          {...(!isList && { defaultValue: choice.package[0] ?? '' })}
          onChange={({ target }) => {
            if (packages.includes(target.value) || (!isList && target.value === '')) take(target)
          }}
          onBlur={({ target }) => take(target)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take(event.currentTarget)
          }}
        />
      </label>
      <datalist id="badge-packages">
        {packages.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {isList && choice.package.length > 0 && (
        <ul aria-label="Chosen packages" className="flex flex-wrap gap-1">
          {choice.package.map((name) => (
            <Chosen
              key={name}
              name={name}
              href={hrefOf({ package: choice.package.filter((one) => one !== name) })}
              onRemove={() => onChange({ package: choice.package.filter((one) => one !== name) })}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Chosen({ name, href, onRemove }: { name: string; href: string; onRemove: () => void }) {
  return (
    <li>
      <input type="hidden" name="package" value={name} />
      <a
        href={href}
        className="button h-6! no-underline!"
        aria-label={`Leave out ${name}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          onRemove()
        }}
      >
        {name} <X size={12} aria-hidden />
      </a>
    </li>
  )
}

'use client'
import { Search } from 'lucide-react'
import type { RefObject } from 'react'
import { paths } from '@/lib/contract/paths'

export interface SearchFieldProps {
  /** Known only where typing filters at once; elsewhere the form leads to the matrix. */
  readonly value?: string
  readonly onType?: (text: string) => void
  readonly field?: RefObject<HTMLInputElement | null>
  readonly id: string
  /** Tells two searches on one page apart. */
  readonly label?: string
}

/** Finds packages. A plain form, so it works on every page and without JavaScript. */
export function SearchField({ value, onType, field, id, label = 'Search' }: SearchFieldProps) {
  return (
    <search aria-label={label} className="w-full max-w-96">
      <form
        action={paths.matrix()}
        method="get"
        className="relative flex items-center"
        onSubmit={(event) => {
          if (onType !== undefined) event.preventDefault()
        }}
      >
        <Search size={14} aria-hidden className="pointer-events-none absolute left-2 text-muted" />
        <label htmlFor={id} className="sr-only">
          Search packages
        </label>
        <input
          ref={field}
          id={id}
          type="search"
          name="q"
          placeholder="Search packages"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          className="field w-full pl-7!"
          {...(value === undefined ? {} : { value, onChange: (event) => onType?.(event.target.value) })}
        />
        <span aria-hidden="true" className="js-only absolute right-1.5 max-md:hidden">
          <kbd>/</kbd>
        </span>
      </form>
    </search>
  )
}

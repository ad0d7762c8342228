import type { ReactNode } from 'react'

export interface FilterFormProps {
  readonly label: string
  /** Page that answers, where no script does. */
  readonly action: string
  readonly className?: string
  readonly children: ReactNode
}

/** What narrows a list. A plain form: its fields act at once, and without JavaScript its button sends them. */
export function FilterForm({ label, action, className = '', children }: FilterFormProps) {
  return (
    <form
      action={action}
      method="get"
      aria-label={label}
      className={`flex flex-wrap items-center gap-2 ${className}`}
      onSubmit={(event) => event.preventDefault()}
    >
      {children}
      <button type="submit" className="button no-js-only">
        Apply
      </button>
    </form>
  )
}

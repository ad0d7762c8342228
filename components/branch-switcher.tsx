import type { MatrixBranch } from '@/lib/contract/matrix'
import { groupedNumber } from './age'

/** Narrow screens show one branch at a time: plain links choose it. */
export function BranchSwitcher({ branches, shown, hrefOf, onChoose }: BranchSwitcherProps) {
  return (
    <nav aria-label="Branch shown" className="overflow-x-auto border-b border-line md:hidden">
      <ul className="flex gap-1 px-3 py-2">
        {branches.map(({ name, title, ready, packages, evaluation }) => (
          <li key={name}>
            <a
              href={hrefOf(name)}
              aria-current={name === shown ? 'true' : undefined}
              data-on={name === shown || undefined}
              className="button no-underline!"
              onClick={(event) => {
                if (onChoose === undefined || event.metaKey || event.ctrlKey) return
                event.preventDefault()
                onChoose(name)
              }}
            >
              {title}
              <span className="tabular text-xs text-muted">
                {evaluation === null ? 'never' : `${groupedNumber(ready)}/${groupedNumber(packages)}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export interface BranchSwitcherProps {
  readonly branches: readonly MatrixBranch[]
  readonly shown: string
  readonly hrefOf: (branch: string) => string
  readonly onChoose: ((branch: string) => void) | undefined
}

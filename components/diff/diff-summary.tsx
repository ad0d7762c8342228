import { groupedNumber } from '@/components/age'
import type { Diff } from '@/lib/contract/diff'
import { CLASS_WORDS, countOf, DIFF_CLASSES, type DiffClass } from './diff-classes'

export interface DiffSummaryProps {
  readonly diff: Diff
  /** The classes that are shown; none chosen means all. */
  readonly shown: readonly DiffClass[]
  readonly hrefOf: (shown: DiffClass[]) => string
  readonly onShow: (shown: DiffClass[]) => void
}

/** How many attributes changed in which way; each count shows its class alone, or along with others. */
export function DiffSummary({ diff, shown, hrefOf, onShow }: DiffSummaryProps) {
  return (
    <nav aria-label="Changes by class">
      <ul className="flex flex-wrap items-center gap-1.5">
        {DIFF_CLASSES.map((one) => {
          const count = countOf(diff, one)
          const isOn = shown.includes(one)
          const next = isOn ? shown.filter((other) => other !== one) : [...shown, one]
          return (
            <li key={one}>
              <Chip {...{ one, count, isOn }} href={hrefOf(next)} onChoose={() => onShow(next)} />
            </li>
          )
        })}
        <li className="px-2 text-sm text-muted">
          <span className="tabular">{groupedNumber(diff.summary['still-succeeding'])}</span> still built
        </li>
        {shown.length > 0 && (
          <li className="text-sm">
            <a href={hrefOf([])} onClick={intercepted(() => onShow([]))}>
              Show all
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

interface ChipProps {
  readonly one: DiffClass
  readonly count: number
  readonly isOn: boolean
  readonly href: string
  readonly onChoose: () => void
}

function Chip({ one, count, isOn, href, onChoose }: ChipProps) {
  const words = (
    <>
      <span className="tabular font-semibold">{groupedNumber(count)}</span> {CLASS_WORDS[one]}
    </>
  )
  if (count === 0 && !isOn) return <span className="px-2 text-sm text-muted">{words}</span>
  return (
    <a
      href={href}
      className="button no-underline!"
      data-on={isOn || undefined}
      aria-current={isOn || undefined}
      onClick={intercepted(onChoose)}
    >
      {words}
    </a>
  )
}

/** A plain click is answered here; the others go where the link leads. */
function intercepted(act: () => void) {
  return (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    act()
  }
}

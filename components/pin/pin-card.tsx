import type { ReactNode } from 'react'
import { paths } from '@/lib/contract/paths'
import type { PinAnswer } from '@/lib/contract/pin'
import { NoPinFacts } from './no-pin-facts'
import { PinFacts } from './pin-facts'

export interface PinCardProps {
  readonly branch: string
  readonly title: string
  readonly packages: readonly string[]
  /** The only branch on the page. */
  readonly isAlone: boolean
  /** Null while it is being read. */
  readonly answer: PinAnswer | null
  readonly fault: string | null
  readonly now: Date
  readonly nixpkgsUrl: string
  /** Has the caches asked: a button of the page's island. */
  readonly action: ReactNode
}

/** What there is to pin on one branch, or why nothing is. */
export function PinCard(props: PinCardProps) {
  const { branch, title, packages, answer, fault } = props
  const id = `pin-${branch}`
  return (
    <section
      aria-labelledby={id}
      aria-busy={answer === null && fault === null}
      className="border-t border-line px-4 py-4"
    >
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 pb-1">
        <h2 id={id} className="text-lg font-semibold">
          <a href={paths.branch(branch)} className="text-ink">
            {title}
          </a>
        </h2>
        <a href={paths.pinJson(branch, packages)} className="text-sm">
          JSON
        </a>
        {!props.isAlone && (
          <a href={paths.pinOf({ branches: [branch], packages })} className="text-sm">
            this branch alone
          </a>
        )}
      </div>
      {fault !== null && (
        <p role="alert" className="notice mb-2">
          {fault}
        </p>
      )}
      {answer === null && fault === null && <p className="text-sm text-muted">Looking through the history …</p>}
      {answer !== null && <Answer {...props} answer={answer} />}
    </section>
  )
}

function Answer({ answer, ...props }: PinCardProps & { readonly answer: PinAnswer }) {
  if (answer.kind === 'refused') return <p role="alert">{answer.title}.</p>
  if (answer.kind === 'none') return <NoPinFacts {...props} none={answer.none} />
  return <PinFacts {...props} pin={answer.pin} />
}

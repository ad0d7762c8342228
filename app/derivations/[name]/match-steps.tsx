'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { paths } from '@/lib/contract/paths'

export interface MatchStepsProps {
  readonly derivation: string
  readonly q: string | null
  /** Numbers of the lines that hold it, rising. */
  readonly matches: readonly number[]
}

/** Goes to the next or previous match from the line that is chosen now, over the pages of the log. */
export function MatchSteps({ derivation, q, matches }: MatchStepsProps) {
  if (matches.length === 0) return null
  const go = (step: 1 | -1) => {
    const number = matchFrom(matches, chosenLine(location.hash), step)
    if (number === null) return
    if (document.getElementById(`L${number}`) === null) location.assign(paths.derivationLine(derivation, number, q))
    else location.hash = `L${number}`
  }
  return (
    <span className="js-only">
      <span className="inline-flex">
        <button type="button" className="icon-button" aria-label="Previous match" onClick={() => go(-1)}>
          <ArrowUp size={16} aria-hidden />
        </button>
        <button type="button" className="icon-button" aria-label="Next match" onClick={() => go(1)}>
          <ArrowDown size={16} aria-hidden />
        </button>
      </span>
    </span>
  )
}

/** Number of the line that an address chooses, or null. */
export function chosenLine(hash: string): number | null {
  const [, digits] = /^#L(\d{1,10})$/.exec(hash) ?? []
  return digits === undefined ? null : Number(digits)
}

/** The match after (or before) a line, around the ends; without a line the first (or last). Null when there is none. */
export function matchFrom(matches: readonly number[], line: number | null, step: 1 | -1): number | null {
  const [first, last] = [matches.at(0) ?? null, matches.at(-1) ?? null]
  if (step === 1) return line === null ? first : (matches.find((number) => number > line) ?? first)
  return line === null ? last : (matches.findLast((number) => number < line) ?? last)
}

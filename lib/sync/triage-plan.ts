import 'server-only'
import {
  type CauseSignature,
  type CellNow,
  followCause,
  isCauseGone,
  signatureText,
  type TriageLife,
  withKnownSystem,
} from '@/lib/domain/triage'
import { type BrokenCell, cellText } from './triage-cells'
import { triageKey } from './triage-key'

/** What is kept of a cell that a cause breaks. */
export interface Block extends Omit<BrokenCell, 'signature'> {
  readonly key: string
  /** The cell has the cause no longer, but is not decided anew yet. */
  readonly isUndecided: boolean
}

/** A cause as it is stored. */
export interface KnownCause {
  readonly key: string
  readonly signature: CauseSignature
  readonly life: TriageLife
}

export interface TriageTurn {
  readonly key: string
  readonly signature: CauseSignature
  readonly before: TriageLife | null
  readonly after: TriageLife
}

export interface TriagePlan {
  readonly blocks: readonly Block[]
  /** Causes that open, close or open again. */
  readonly turns: readonly TriageTurn[]
  /** Causes whose system has become known, and with it their key. */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly system: string }[]
}

export interface TriageFacts {
  readonly causes: readonly KnownCause[]
  readonly blocks: readonly Block[]
  readonly broken: readonly BrokenCell[]
  /** By `cellText`. */
  readonly cells: ReadonlyMap<string, CellNow>
  readonly nowMs: number
}

/** What becomes of triage now that the cells are as they are. The same cells again: the same blocks, and no turn. */
export function planTriage({ causes, blocks, broken, cells, nowMs }: TriageFacts): TriagePlan {
  const stated = [...causes, ...broken].map(({ signature }) => signature)
  const settle = (signature: CauseSignature) => withKnownSystem(signature, stated)
  const renamed = renamedOf(causes, settle)
  const newKeys = new Map(renamed.map(({ from, to }) => [from, to]))
  const known = causes.map((cause) => {
    const key = newKeys.get(cause.key)
    return key === undefined ? cause : { ...cause, key, signature: settle(cause.signature) }
  })
  const present = broken.map(({ signature, ...cell }) => {
    const settled = settle(signature)
    return { block: { ...cell, key: triageKey(settled), isUndecided: false }, signature: settled }
  })
  const seen = new Set(present.map(({ block }) => placeText(block)))
  const kinds = new Map(known.map(({ key, signature }) => [key, signature.kind]))
  const kept = blocks
    .map((block) => ({ ...block, key: newKeys.get(block.key) ?? block.key, isUndecided: true }))
    .filter((block) => !seen.has(placeText(block)))
    .filter((block) => !isCauseGone(kinds.get(block.key) ?? 'build', cells.get(cellText(block)) ?? null))
  const all = [
    ...new Map([...present.map(({ block }) => block), ...kept].map((block) => [rowText(block), block])).values(),
  ]
  const signatures = new Map(present.map(({ block, signature }) => [block.key, signature]))
  return { blocks: all, renamed, turns: turnsOf({ known, signatures, nowMs }, new Set(all.map(({ key }) => key))) }
}

function placeText(block: Block): string {
  return `${block.key} ${cellText(block)}`
}

function rowText(block: Block): string {
  return `${placeText(block)} ${block.derivation}`
}

function renamedOf(causes: readonly KnownCause[], settle: (signature: CauseSignature) => CauseSignature) {
  const taken = new Set(causes.map(({ key }) => key))
  return causes.flatMap(({ key: from, signature }) => {
    const settled = settle(signature)
    const to = triageKey(settled)
    return signatureText(settled) === signatureText(signature) || taken.has(to)
      ? []
      : { from, to, system: settled.system }
  })
}

interface Lives {
  readonly known: readonly KnownCause[]
  readonly signatures: ReadonlyMap<string, CauseSignature>
  readonly nowMs: number
}

function turnsOf({ known, signatures, nowMs }: Lives, failing: ReadonlySet<string>): TriageTurn[] {
  const before = new Map(known.map((cause) => [cause.key, cause]))
  const every = new Map([...known.map(({ key, signature }) => [key, signature] as const), ...signatures])
  return [...every].flatMap(([key, signature]) => {
    const life = before.get(key)?.life ?? null
    const after = followCause(life, failing.has(key), nowMs)
    return after === null || after === life ? [] : { key, signature, before: life, after }
  })
}

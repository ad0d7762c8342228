import type { RootCause } from '@/lib/contract/matrix'
import { cellWord } from '@/lib/domain/cell-word'
import { bareName } from '@/lib/domain/derivation-name'
import type { Status } from '@/lib/domain/status'
import { StatusMark } from './status-mark'

export interface Result {
  readonly status: Status
  readonly mayFail: boolean
  readonly rootCauses: readonly RootCause[]
}

/**
 * What became of an attribute in one evaluation. Of caches it says nothing, so a success is built, not ready. Under the
 * head of its cause it need not name that again.
 */
export function ResultWord({ result, isUnderCause = false }: { result: Result | null; isUnderCause?: boolean }) {
  const status = result?.status ?? 'absent'
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span className="self-start pt-0.5">
        {status === 'succeeded' ? <BuiltMark /> : <StatusMark mark={markOf(status)} />}
      </span>
      <span className="break-words">
        {isUnderCause && status === 'dependency-failed' ? 'blocked' : resultWord(result)}
        {result?.mayFail && <span className="text-muted"> · may fail</span>}
      </span>
    </span>
  )
}

/** The same in words alone. */
export function resultWord(result: Pick<Result, 'status' | 'rootCauses'> | null): string {
  if (result?.status === 'succeeded') return 'built'
  const cause = result?.rootCauses[0]?.name
  return wordOf(result?.status ?? 'absent', cause === undefined ? null : bareName(cause)).word
}

function markOf(status: Status) {
  return wordOf(status, null).mark
}

function wordOf(status: Status, cause: string | null) {
  return cellWord({ status, isReady: false, presence: 'unchecked', cause })
}

/** A tick in a green ring: the disc is kept for what is ready. */
export function BuiltMark({ size = 16 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="shrink-0 text-(--good)"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="8" cy="8" r="6.1" />
      <path d="m5.2 8.3 2 2 3.7-4.2" />
    </svg>
  )
}

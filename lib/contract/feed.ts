import type { HealthEvent } from '@/lib/domain/health-event'
import type { EvaluationPoint } from './evaluation'

/** Entries of a feed at most: the newest. */
export const FEED_ENTRIES_MAX = 100

/** Which feed is asked for. */
export type FeedAsked =
  | { readonly kind: 'all' }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'package'; readonly package: string }

/** An evaluation that an entry speaks of. */
export interface FeedEvaluation extends EvaluationPoint {
  readonly index: number
  readonly nixpkgsRevision: string | null
  /** At its source. */
  readonly url: string
  /** A finished rerun stands in its place by now. */
  readonly isSuperseded: boolean
}

export interface FeedEntry {
  readonly event: HealthEvent
  readonly branchTitle: string
  readonly evaluation: FeedEvaluation | null
  /** The newest evaluation before it that shows packages without the cause. */
  readonly before: FeedEvaluation | null
  /** The lines of the cause's log that tell why it fails; empty where none are stored. */
  readonly excerpt: readonly string[]
}

export interface Feed {
  readonly asked: FeedAsked
  /** Of the dashboard. */
  readonly title: string
  /** What it tells of: a branch's title or a package; null for all. */
  readonly subject: string | null
  readonly publicUrl: string
  readonly nixpkgsUrl: string
  /** When the newest of its entries was told; null while there is none. */
  readonly toldAt: string | null
  /** The time of the newest stored fact. */
  readonly generatedAt: string
  /** Newest first. */
  readonly entries: readonly FeedEntry[]
}

/** Which feed has this address, or null when none has: they end in .atom. */
export function parseFeedAddress(pathname: string): FeedAsked | null {
  if (pathname === '/feed.atom') return { kind: 'all' }
  const found = /^\/feed\/(packages\/)?([^/]+)\.atom$/.exec(pathname)
  const name = decode(found?.[2] ?? '')
  if (name === '') return null
  return found?.[1] === undefined ? { kind: 'branch', branch: name } : { kind: 'package', package: name }
}

// Next refuses an address that is no UTF-8 before any of this.
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

import { type DryRun, parseDryRun } from '@/lib/domain/dry-run'
import { EXPLAIN_LISTS, EXPLAIN_PATHS_MAX, type ExplainList } from './explain'

export interface AskedStorePath {
  readonly path: string
  readonly list: ExplainList
}

/** What a text asks: its store paths in the order in which they matter, and what is left out. */
export interface ExplainQuestion {
  /** `EXPLAIN_PATHS_MAX` at most. */
  readonly paths: readonly AskedStorePath[]
  readonly total: number
  readonly leftOut: number
  readonly announced: { readonly build: number | null; readonly fetch: number | null }
}

/**
 * The question in a pasted text. Where it holds the lists of a dry run, those are meant, and what is named beside them
 * (logs, results) is left out; otherwise every store path in it is.
 */
export function questionOf(text: string): ExplainQuestion {
  const run = parseDryRun(text)
  const lists: Readonly<Record<ExplainList, readonly string[]>> = {
    build: run.willBuild,
    unknown: run.unknown,
    fetch: run.willFetch,
    named: hasLists(run) ? [] : run.mentioned,
  }
  const all = new Map<string, AskedStorePath>()
  for (const list of EXPLAIN_LISTS) {
    for (const path of lists[list]) if (!all.has(path)) all.set(path, { path, list })
  }
  return {
    paths: [...all.values()].slice(0, EXPLAIN_PATHS_MAX),
    total: all.size,
    leftOut: run.mentioned.length - lists.named.length,
    announced: { build: run.announcedBuild, fetch: run.announcedFetch },
  }
}

function hasLists({ willBuild, willFetch, unknown }: DryRun): boolean {
  return willBuild.length + willFetch.length + unknown.length > 0
}

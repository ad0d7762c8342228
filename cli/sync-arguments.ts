import { parseArgs } from 'node:util'

export type SyncArguments =
  | { readonly kind: 'sync'; readonly source: string | undefined; readonly full: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string }

export const SYNC_USAGE = `Usage: npm run sync [-- --source ID] [--full]

Reads what is new at every configured source and asks the caches, then ends.
A sync that runs already, in whatever process, is followed instead.

  --source ID   only the source with this id in the configuration
  --full        list and read again everything within historyDays
  --help        this text

Exit code: 0 done, 1 something failed, 2 wrong use.`

/** What the command line of `npm run sync` asks for. */
export function parseSyncArguments(args: readonly string[]): SyncArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { source: { type: 'string' }, full: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help === true) return { kind: 'help' }
    if (values.source === '') return { kind: 'wrong', reason: '--source needs the id of a source' }
    return { kind: 'sync', source: values.source, full: values.full ?? false }
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) }
  }
}

import { type Diff, type DiffEntry, DiffSchema } from '@/lib/contract/diff'
import type { ListedEvaluation } from '@/lib/contract/evaluation'
import { paths } from '@/lib/contract/paths'
import type { Change } from '@/lib/domain/diff'
import { ask } from './ask'
import { columns } from './columns'
import type { Command, Tools } from './command'
import { ClientError, EXIT } from './exit'

/** `flakeboard diff`: what changed between two evaluations. */
export const diff: Command = {
  usage: `flakeboard diff --branch BRANCH
flakeboard diff --from ID --to ID

What changed: the newest finished evaluation of a branch against the one before, or any two by their ids.
Exit code 0: nothing fails anew.`,
  options: { branch: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  run: async ({ words, texts }, tools) => {
    const { branch, from, to } = texts
    const isAsked =
      words.length === 0 && (branch === undefined ? to !== undefined : from === undefined && to === undefined)
    if (!isAsked) throw new ClientError('Name one --branch, or two evaluations by --from and --to', EXIT.wrongUse)
    const sides = { branch: branch ?? null, from: from ?? null, to: to ?? null }
    const { value, text } = await ask(tools, { address: paths.diffJson(sides), schema: DiffSchema })
    if (tools.isJson) tools.say(text)
    else for (const line of linesOf(value, tools)) tools.say(line)
    return value.entries.some(({ change }) => change === 'newly-failing') ? EXIT.notReady : EXIT.ready
  },
}

const CLASSES = [
  ['newly-failing', 'Newly failing', 'bad'],
  ['newly-fixed', 'Newly fixed', 'good'],
  ['still-failing', 'Still failing', null],
  ['undecided', 'Undecided', 'dim'],
  ['added', 'Added', null],
  ['removed', 'Removed', null],
] as const satisfies readonly (readonly [Change, string, 'good' | 'bad' | 'dim' | null])[]

function linesOf(value: Diff, tools: Tools): string[] {
  const { paint } = tools
  const range = value.nixpkgs === null ? 'The nixpkgs revisions are not known yet.' : value.nixpkgs.compareUrl
  return [
    `${paint('bold', sideOf(value.from))} → ${paint('bold', sideOf(value.to))}`,
    paint('dim', range),
    ...CLASSES.flatMap(([change, word, tone]) => {
      const entries = value.entries.filter((entry) => entry.change === change)
      if (entries.length === 0) return []
      return ['', paint(tone ?? 'bold', `${word} (${entries.length})`), ...entryLines(entries, tools)]
    }),
    ...evictedLines(value, tools),
    ...(value.entries.length === 0 ? ['', 'Nothing changed.'] : []),
  ]
}

function sideOf({ branch, index, nixpkgsRevision }: ListedEvaluation): string {
  return `${branch} #${index} (nixpkgs ${nixpkgsRevision?.slice(0, 8) ?? 'not known yet'})`
}

function entryLines(entries: readonly DiffEntry[], { paint }: Tools): string[] {
  const rows = entries.map((entry) => [
    { text: `  ${entry.package}`, tone: null },
    { text: causesOf(entry), tone: 'dim' as const },
  ])
  return columns(rows, paint)
}

/** Itself is no news as a cause. */
function causesOf({ rootCauses, before, after }: DiffEntry): string {
  const own = (after ?? before)?.derivation ?? null
  const names = rootCauses.filter(({ derivation }) => derivation === null || derivation !== own).map(({ name }) => name)
  return names.length === 0 ? '' : `because of ${names.join(', ')}`
}

function evictedLines({ noLongerCached }: Diff, { paint }: Tools): string[] {
  if (noLongerCached.length === 0) return []
  const names = noLongerCached.map((one) => paint('bold', `  ${one.package}`))
  return ['', paint('bad', `No longer cached (${noLongerCached.length})`), ...names]
}

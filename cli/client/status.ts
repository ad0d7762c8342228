import { type Cell, type Matrix, type MatrixBranch, type MatrixPackage, MatrixSchema } from '@/lib/contract/matrix'
import { PackagesSchema } from '@/lib/contract/package'
import { paths } from '@/lib/contract/paths'
import { cellWord } from '@/lib/domain/cell-word'
import { parseDrvName } from '@/lib/domain/derivation-name'
import { ask } from './ask'
import { chosenBranches } from './branches'
import { columns, type Shown } from './columns'
import type { Command, Tools } from './command'
import { ClientError, EXIT } from './exit'

const HEADLINES_MAX = 500

/** `flakeboard status`: does it build, and is it in the cache. */
export const status: Command = {
  usage: `flakeboard status [PACKAGE…] [--branch BRANCH…]

How packages stand on branches: the headline packages and every branch unless named.
Exit code 0: each is ready on each branch, and the branch is fresh.`,
  options: { branch: { type: 'string', multiple: true } },
  run: async ({ words, lists }, tools) => {
    const query = new URLSearchParams([...words.map((name) => ['package', name]), ['view', 'compact']])
    query.set('limit', String(Math.max(words.length, HEADLINES_MAX)))
    const { value, text } = await ask(tools, { address: paths.matrixJson(query), schema: MatrixSchema })
    const branches = chosenBranches(value.branches, lists.branch ?? [])
    const packages = words.length === 0 ? value.packages.filter(({ headline }) => headline) : value.packages
    await refuseUnknown(tools, words, value)
    if (tools.isJson) tools.say(text)
    else for (const line of linesOf(packages, branches, tools)) tools.say(line)
    const isReady = packages.every(({ cells }) =>
      branches.every(({ name, freshness }) => freshness === 'fresh' && cells[name]?.ready === true),
    )
    return isReady && packages.length > 0 && branches.length > 0 ? EXIT.ready : EXIT.notReady
  },
}

function linesOf(packages: readonly MatrixPackage[], branches: readonly MatrixBranch[], { paint }: Tools): string[] {
  if (packages.length === 0) return ['No package is known yet: nothing was read from the sources.']
  const rows = packages.flatMap(({ name, cells }) =>
    branches.map((branch): Shown[] => [
      { text: name, tone: 'bold' },
      { text: branch.title, tone: null },
      ...wordsOf(cells[branch.name], branch),
    ]),
  )
  return columns(rows, paint)
}

function wordsOf(cell: Cell | undefined, { freshness, staleReasons }: MatrixBranch): Shown[] {
  if (cell === undefined) return [{ text: 'never evaluated', tone: 'dim' }]
  const cause = cell.rootCauses[0]?.name ?? null
  const { word } = cellWord({
    status: cell.status,
    isReady: cell.ready,
    presence: cell.presence,
    cause: cause === null ? null : parseDrvName(cause).name,
  })
  const isStale = freshness !== 'fresh'
  const tone = isStale ? 'dim' : cell.ready ? 'good' : 'bad'
  const notes = [
    ...(isStale ? [`stale: ${staleReasons.join(' ').replace(/\.$/, '')}`] : []),
    ...(cell.since?.at ? [`since ${cell.since.at.slice(0, 10)}`] : []),
    ...(cell.ready || cell.lastReady?.nixpkgsRevision == null
      ? []
      : [`last ready at ${cell.lastReady.nixpkgsRevision}`]),
  ]
  return [
    { text: isStale ? `was ${word}` : word, tone },
    { text: cell.version ?? '', tone: null },
    { text: notes.join(', '), tone: 'dim' },
  ]
}

/** A name that is no row is a slip of the keyboard, not a package that is not ready. */
async function refuseUnknown(tools: Tools, words: readonly string[], { packages }: Matrix): Promise<void> {
  const unknown = words.find((word) => packages.every(({ name }) => name !== word))
  if (unknown === undefined) return
  const query = new URLSearchParams({ q: unknown, limit: '5' })
  const { value } = await ask(tools, { address: paths.packagesJson(query), schema: PackagesSchema })
  const near = value.packages.map(({ name }) => name)
  const hint = near.length === 0 ? 'The matrix lists all names.' : `Did you mean ${near.join(', ')}?`
  throw new ClientError(`There is no package "${unknown}". ${hint}`, EXIT.wrongUse)
}

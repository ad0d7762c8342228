import 'server-only'
import type { Db } from '@/lib/db/client'
import { derivationName } from '@/lib/domain/derivation-name'
import { changedInputs, type GraphInput, type InputGraph, inputsOf } from '@/lib/domain/input-graph'
import type { SuspectTarget } from '@/lib/domain/suspects'
import type { Breakage } from './suspect-breakage'

/** Levels of inputs that are followed, and derivations in all: closeness beyond says nothing. */
const LEVELS_MAX = 8
const DERIVATIONS_MAX = 5_000
const ROOTS_MAX = 5

/** A failing derivation and its last good build, by store path. */
interface Pair {
  readonly failing: string
  readonly good: string | null
}

/** What fails in a broken cell: its root causes, and the inputs that the last good build did not have. */
export async function readSuspectTarget(db: Db, breakage: Breakage): Promise<SuspectTarget> {
  const { roots } = breakage
  const own = await readOwn(db, breakage)
  const pairs: Pair[] = []
  for (const failing of roots.slice(0, ROOTS_MAX)) {
    pairs.push({ failing, good: await readGoodOfRoot(db, breakage, failing) })
  }
  const graph = await readGraph(db, [...pairs, ...own])
  // A root that is no attribute has no stored inputs: those of the package itself then stand in.
  const known = pairs.filter(({ failing }) => graph.has(failing))
  const compared = known.length === 0 ? own : known
  const areChanged = compared.length > 0 && compared.every(({ good }) => good !== null && graph.has(good))
  return {
    roots: roots.map(derivationName),
    attribute: breakage.attribute ?? breakage.row,
    derivationName: own[0] === undefined ? null : derivationName(own[0].failing),
    inputs: compared.flatMap((pair) => inputsOfPair(pair, graph, areChanged)),
    areChanged,
  }
}

function inputsOfPair({ failing, good }: Pair, graph: InputGraph, areChanged: boolean): GraphInput[] {
  return areChanged && good !== null ? changedInputs(failing, good, graph) : inputsOf(failing, graph)
}

/** The cell's own derivation and what its row was built from when it was last good. */
async function readOwn(db: Db, { derivationId, lastGoodId, row }: Breakage): Promise<Pair[]> {
  if (derivationId === null) return []
  const failing = await db.derivation.findUnique({ where: { id: derivationId }, select: { path: true } })
  if (failing === null) return []
  const good = await readResult(db, lastGoodId, { attribute: { row }, role: 2 })
  return [{ failing: failing.path, good }]
}

/** A root that is an attribute has that attribute's last good build as its counterpart. */
async function readGoodOfRoot(db: Db, { evaluationId, lastGoodId }: Breakage, root: string): Promise<string | null> {
  const result = await db.result.findFirst({
    where: { evaluationId, derivation: { path: root } },
    select: { attributeId: true },
    orderBy: { position: 'asc' },
  })
  return result === null ? null : readResult(db, lastGoodId, { attributeId: result.attributeId })
}

type ResultFilter = { attributeId: number } | { attribute: { row: string }; role: number }

async function readResult(db: Db, evaluationId: number | null, filter: ResultFilter): Promise<string | null> {
  if (evaluationId === null) return null
  const result = await db.result.findFirst({
    where: { evaluationId, ...filter },
    select: { derivation: { select: { path: true } } },
  })
  return result?.derivation?.path ?? null
}

/** Inputs of these derivations through several levels, as far as they are stored. */
async function readGraph(db: Db, pairs: readonly Pair[]): Promise<InputGraph> {
  const graph = new Map<string, readonly string[]>()
  let frontier = [...new Set(pairs.flatMap(({ failing, good }) => [failing, ...(good === null ? [] : [good])]))]
  for (let level = 0; level < LEVELS_MAX && frontier.length > 0 && graph.size < DERIVATIONS_MAX; level += 1) {
    const stored = await db.derivation.findMany({
      where: { path: { in: frontier.slice(0, DERIVATIONS_MAX) }, inputs: { some: {} } },
      select: { path: true, inputs: { select: { input: true }, orderBy: { input: 'asc' } } },
    })
    for (const { path, inputs } of stored)
      graph.set(
        path,
        inputs.map(({ input }) => input),
      )
    const next = stored.flatMap(({ inputs }) => inputs.map(({ input }) => input))
    frontier = [...new Set(next)].filter((path) => !graph.has(path))
  }
  return graph
}

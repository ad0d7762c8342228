import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { ExplainedPath, Explanation, Nearest } from '@/lib/contract/explain'
import type { AskedStorePath, ExplainQuestion } from '@/lib/contract/explain-question'
import { explainWords } from '@/lib/contract/explain-words'
import type { RootCause } from '@/lib/contract/matrix'
import { db as openDatabase } from '@/lib/db/client'
import { derivationName } from '@/lib/domain/derivation-name'
import { type Verdict, verdictOf } from '@/lib/domain/explain'
import { type Status, statusOfCode } from '@/lib/domain/status'
import { readCauses } from './causes'
import { NO_CACHES, type PathCaches, readPathCaches } from './explain-caches'
import { type KnownPath, readDependencies, readKnownPaths } from './explain-known'
import { readNearest } from './explain-nearest'
import { type PlacedPath, readPlaces } from './explain-places'

import { readFactsAt } from './facts-at'
import type { ReadTools } from './matrix'

/** Why each of the asked store paths is, or is not, in the caches, by what is stored. No cache is asked. */
export async function readExplanation(question: ExplainQuestion, tools: ReadTools = {}): Promise<Explanation> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const paths = question.paths.map(({ path }) => path)
  const known = await readKnownPaths(db, paths)
  const foreign = paths.filter((path) => !known.has(path))
  const ids = [...known.values()].flatMap(({ derivationId }) => derivationId ?? [])
  const places = await readPlaces(db, ids)
  const stored: Stored = {
    known,
    places,
    caches: await readPathCaches({ db, config }, paths, known),
    causes: await readCauses(db, toResults(known, places)),
    nearest: await readNearest(db, foreign),
    dependencies: await readDependencies(db, foreign),
  }
  const explained = question.paths.map((asked) => explainPath(asked, stored))
  return {
    generatedAt: await readFactsAt(db),
    ...{ total: question.total, leftOut: question.leftOut, announced: { ...question.announced } },
    summary: summarise(explained),
    paths: explained,
  }
}

interface Stored {
  readonly known: ReadonlyMap<string, KnownPath>
  readonly places: ReadonlyMap<number, PlacedPath>
  readonly caches: ReadonlyMap<string, PathCaches>
  readonly causes: ReadonlyMap<string, readonly RootCause[]>
  readonly nearest: ReadonlyMap<string, Nearest>
  readonly dependencies: ReadonlySet<string>
}

/** The results that tell why what is known of a path is broken. */
function toResults(known: Stored['known'], places: Stored['places']) {
  return [...known.values()].flatMap(({ derivationId, status }) => {
    const place = places.get(derivationId ?? -1)
    return place === undefined ? [] : { evaluationId: place.evaluationId, attributeId: place.attributeId, status }
  })
}

function explainPath({ path, list }: AskedStorePath, stored: Stored): ExplainedPath {
  const known = stored.known.get(path)
  const placed = stored.places.get(known?.derivationId ?? -1)
  const nearest = stored.nearest.get(path) ?? null
  const { presence, ...caches } = stored.caches.get(path) ?? NO_CACHES
  const status = known === undefined ? null : statusOfCode(known.status)
  const isDependency = stored.dependencies.has(path)
  const verdict = verdictOf({
    presence,
    status,
    nearest: nearest && (nearest.comparison === 'same' ? 'same-version' : 'other-version'),
    isDependency,
  })
  const facts = {
    ...{ path, list, verdict, status, nearest },
    ...{ name: derivationName(path), caches: [...caches.caches], narSize: caches.narSize, fileSize: caches.fileSize },
    rootCauses: known === undefined ? [] : causesOf(known, placed, stored.causes),
    derivation: known?.derivation ?? null,
    place: placed === undefined ? null : toPlace(placed),
  }
  return { ...facts, ...explainWords({ ...facts, isDependency }) }
}

function causesOf(known: KnownPath, placed: PlacedPath | undefined, causes: Stored['causes']): RootCause[] {
  if (placed !== undefined) return [...(causes.get(`${placed.evaluationId} ${placed.attributeId}`) ?? [])]
  if (known.derivationId !== null) return []
  const status: Status = statusOfCode(known.status)
  return [{ derivation: known.derivation, name: derivationName(known.derivation), status }]
}

function toPlace({ derivation, attribute, variant, system, branch, evaluation, ...rest }: PlacedPath) {
  return { derivation, package: rest.package, attribute, variant, system, branch, evaluation }
}

function summarise(paths: readonly ExplainedPath[]): Record<Verdict, number> {
  const count = (verdict: Verdict) => paths.filter((path) => path.verdict === verdict).length
  return {
    untrusted: count('untrusted'),
    evicted: count('evicted'),
    'not-built': count('not-built'),
    'never-cached': count('never-cached'),
    unreachable: count('unreachable'),
    unchecked: count('unchecked'),
    'other-variant': count('other-variant'),
    'other-revision': count('other-revision'),
    cached: count('cached'),
    'not-in-set': count('not-in-set'),
  }
}

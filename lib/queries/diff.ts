import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import type { Diff, DiffEntry, DiffParams, DiffSide } from '@/lib/contract/diff'
import { db as openDatabase } from '@/lib/db/client'
import { CHANGES, type DiffPair, diffEvaluations } from '@/lib/domain/diff'
import { compareUrl } from '@/lib/domain/source-url'
import { type NoDiff, readDiffEnds } from './diff-ends'
import { readDiffPresets } from './diff-presets'
import { readDiffAttributes, type StoredAttribute } from './diff-sides'
import { readFlapping } from './flapping'
import { foldCauses } from './fold-causes'
import { toListed } from './listed-evaluation'
import type { ReadTools } from './matrix'
import { readNoLongerCached } from './no-longer-cached'
import { readPresentCauses } from './present-causes'

/** The diff that a query asks for, or why there is none. */
export async function readDiff(params: DiffParams, tools: ReadTools = {}): Promise<Diff | NoDiff> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const ends = await readDiffEnds(db, params)
  if ('reason' in ends) return ends
  const [from, to] = await Promise.all(
    [ends.fromId, ends.toId].map((id) => db.evaluation.findUnique({ where: { id } })),
  )
  if (!from || !to) return { reason: 'One of the evaluations is gone' }
  const [before, after, isFlapping] = await Promise.all([
    readDiffAttributes(db, from.id),
    readDiffAttributes(db, to.id),
    readFlapping(db, to.branch),
  ])
  const pairs = diffEvaluations(
    { attributes: before, isComplete: from.isComplete },
    { attributes: after, isComplete: to.isComplete },
  )
  const entries = pairs.map((pair) => toEntry(pair, config, isFlapping)).sort(compareEntries)
  return {
    from: toListed(from),
    to: toListed(to),
    nixpkgs: toRange(config, from, to),
    summary: { ...countChanges(entries), 'version-changed': entries.filter(hasNewVersion).length },
    entries: entries.filter(({ change }) => change !== 'still-succeeding'),
    rootCauses: await readPresentCauses(
      db,
      config,
      foldCauses(
        entries.map(({ package: name, after: right }) => ({ package: name, rootCauses: right?.rootCauses ?? [] })),
      ),
    ),
    versionChanges: entries.flatMap(toVersionChange),
    presets: await readDiffPresets(db, config, to.id),
    noLongerCached: await readNoLongerCached(db, config, after),
  }
}

function toEntry(
  { before, after, change }: DiffPair<StoredAttribute>,
  config: Config,
  isFlapping: (attribute: StoredAttribute) => boolean,
): DiffEntry {
  const [left, right] = [toSide(before), toSide(after)]
  const name = (after ?? before)?.row ?? ''
  return {
    package: name,
    headline: config.packages.some((listed) => listed.headline && listed.name === name),
    attribute: right?.attribute ?? left?.attribute ?? '',
    change,
    flapping: after !== null && isFlapping(after),
    before: left,
    after: right,
    rootCauses: [...((right?.rootCauses.length ?? 0) > 0 ? (right?.rootCauses ?? []) : (left?.rootCauses ?? []))],
  }
}

function toSide(attribute: StoredAttribute | null): DiffSide | null {
  if (attribute === null) return null
  return {
    attribute: attribute.attribute,
    status: attribute.status,
    mayFail: attribute.judgement === 'may-fail',
    derivation: attribute.derivation,
    version: attribute.version,
    rootCauses: [...attribute.rootCauses],
  }
}

/** Headline packages first, then what changed most, then by name. */
function compareEntries(a: DiffEntry, b: DiffEntry): number {
  return (
    Number(b.headline) - Number(a.headline) ||
    CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
    (a.package < b.package ? -1 : a.package > b.package ? 1 : a.attribute < b.attribute ? -1 : 1)
  )
}

function countChanges(entries: readonly DiffEntry[]) {
  const count = (change: (typeof CHANGES)[number]) => entries.filter((entry) => entry.change === change).length
  return {
    'newly-failing': count('newly-failing'),
    'newly-fixed': count('newly-fixed'),
    'still-failing': count('still-failing'),
    'still-succeeding': count('still-succeeding'),
    added: count('added'),
    removed: count('removed'),
    undecided: count('undecided'),
  }
}

function hasNewVersion({ before, after }: DiffEntry): boolean {
  return toVersions(before, after) !== null
}

function toVersions(before: DiffSide | null, after: DiffSide | null): { before: string; after: string } | null {
  const [left, right] = [before?.version ?? null, after?.version ?? null]
  return left === null || right === null || left === right ? null : { before: left, after: right }
}

function toVersionChange(entry: DiffEntry): Diff['versionChanges'] {
  const versions = toVersions(entry.before, entry.after)
  return versions === null ? [] : [{ package: entry.package, attribute: entry.attribute, ...versions }]
}

type Side = { readonly nixpkgsRevision: string | null }

function toRange(config: Config, from: Side, to: Side): Diff['nixpkgs'] {
  if (from.nixpkgsRevision === null || to.nixpkgsRevision === null) return null
  const [older, newer] = [from.nixpkgsRevision, to.nixpkgsRevision]
  return { from: older, to: newer, compareUrl: compareUrl(config.upstream, older, newer) }
}

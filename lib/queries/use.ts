import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { Pin } from '@/lib/contract/pin'
import type { Use, UseParams } from '@/lib/contract/use'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { githubWeb } from '@/lib/domain/source-url'
import type { UsedFlake, UseFacts } from '@/lib/domain/use-facts'
import { waysOfUse } from '@/lib/domain/ways-of-use'
import { readBranches } from './branches'
import { readFactsAt } from './facts-at'
import { readLaneNames } from './lane-names'
import type { ReadTools } from './matrix'
import { readPin } from './pin'

/** The ways of using the caches and the package set on a branch; null when no such branch is configured. */
export async function readUse(
  { branch }: UseParams,
  now: Date = new Date(),
  tools: ReadTools = {},
): Promise<Use | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const heads = await readBranches(db, config, now)
  const head = branch === null ? heads[0] : heads.find(({ name }) => name === branch)
  if (head === undefined) return null
  const packages = config.packages.filter(({ headline }) => headline).map(({ name }) => name)
  const pin = await readPinOf(db, config, { branch: head.name, packages, now })
  return {
    generatedAt: await readFactsAt(db),
    branch: head.name,
    branches: heads.map(({ name, title }) => ({ name, title })),
    pin: pin === null ? null : { revision: pin.revision, date: pin.date, evaluation: pin.evaluation.id },
    packages,
    groups: toGroups({
      caches: config.caches,
      nixpkgs: config.upstream,
      ref: head.evaluation?.ref ?? null,
      revision: pin?.revision ?? null,
      config: config.nixpkgsConfig,
      flake: flakeOf(config, head, pin),
      attributes: pin === null ? plainAttributes(config) : pin.details.map((one) => one.nixpkgsAttribute),
      system: pin?.details[0]?.system ?? (await readLaneNames(db)).systems[0] ?? 'x86_64-linux',
    }),
  }
}

function toGroups(facts: UseFacts): Use['groups'] {
  return waysOfUse(facts).map(({ snippets, ...group }) => ({
    ...group,
    snippets: snippets.map((snippet) => ({ ...snippet, notes: [...snippet.notes] })),
  }))
}

async function readPinOf(
  db: Db,
  config: Config,
  { branch, packages, now }: { branch: string; packages: readonly string[]; now: Date },
): Promise<Pin | null> {
  if (packages.length === 0) return null
  const answer = await readPin({ branch, package: [...packages] }, now, { db, config })
  return answer.kind === 'pin' ? answer.pin : null
}

/** The repository whose lock files are read is the flake that the CI builds. */
function flakeOf(config: Config, { evaluation }: MatrixBranch, pin: Pin | null): UsedFlake | null {
  const source = config.sources.find(({ id }) => id === evaluation?.source) ?? config.sources[0]
  if (source?.kind !== 'hercules-ci' || source.repository === null) return null
  const { api, owner, name } = source.repository
  return {
    web: githubWeb(api),
    owner,
    name,
    // Elsewhere one branch of the repository serves all branches of nixpkgs.
    ref: source.branchFrom === 'ref' ? (evaluation?.ref ?? null) : null,
    revision: pin?.evaluation.source === source.id ? pin.evaluation.ciRevision : null,
  }
}

/** Headline packages by the first of their globs that is a path: what is known before anything was read. */
function plainAttributes({ packages }: Config): string[] {
  return packages.flatMap(({ headline, attributes }) =>
    headline ? (attributes.find((glob) => !glob.includes('*')) ?? []) : [],
  )
}

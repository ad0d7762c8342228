import 'server-only'
import { z } from 'zod'
import { githubWeb } from '@/lib/domain/source-url'
import { BinaryCacheSchema, CachixCacheSchema } from './cache-schema'
import { NotificationSchema, toNotification } from './notification'
import { HerculesCiSourceSchema, HydraSourceSchema } from './source-schema'
import { strict } from './strict'
import {
  addressValue,
  attributeGlobValue,
  cronValue,
  nameValue,
  nixSetValue,
  refGlobValue,
  segmentValue,
  textValue,
} from './values'

const staleAfterHoursValue = z
  .number()
  .positive()
  .max(87_600)
  .describe(
    'A branch whose newest finished evaluation, or last successful read, is older than this many hours is stale.',
  )

const staleBehindDaysValue = z
  .number()
  .positive()
  .max(3_650)
  .describe('A branch whose nixpkgs revision is more than this many days behind upstream is stale.')

const BranchSchema = strict({
  name: nameValue.describe('Our name for the branch: its column, and its part of an address.'),
  ref: refGlobValue
    .optional()
    .describe('What sources call the branch; the name unless set. A glob follows the newest match in version order.'),
  title: textValue.optional().describe('What stands at the head of the column; the ref that is followed unless set.'),
  note: textValue.optional().describe('Shown at the head of the column, such as how often it is built.'),
  staleAfterHours: staleAfterHoursValue.optional(),
  staleBehindDays: staleBehindDaysValue.optional(),
})

const PackageSchema = strict({
  name: textValue.regex(/^(?!\.{1,2}$)[^/\\]*$/, 'a name without slashes').describe('The name of the row.'),
  attributes: z
    .array(attributeGlobValue)
    .min(1)
    .describe('Globs of the attributes that this package owns; an earlier one is preferred. * stays within one name.'),
  headline: z.boolean().default(false).describe('Shown first.'),
})

/** The configuration file as people write it. References between its parts are checked in `cross-checks.ts`. */
export const ConfigFileSchema = strict({
  $schema: z.string().optional().describe('Address of the JSON Schema of this file, for editors.'),
  title: textValue.default('Flakeboard').describe('The title of the dashboard.'),
  demo: z
    .boolean()
    .default(false)
    .describe('The sources and caches are made up for a demonstration; every page says so.'),
  sources: z
    .array(z.discriminatedUnion('kind', [HerculesCiSourceSchema, HydraSourceSchema]))
    .min(1)
    .describe('The CI projects that are read. Where several feed one branch, the first decides.'),
  upstream: strict({
    api: addressValue.default('https://api.github.com').describe('Base address of the GitHub REST API.'),
    web: addressValue
      .optional()
      .describe('Web address of that GitHub, for links and snippets; follows from the API unless set.'),
    owner: segmentValue.default('NixOS').describe('Owner of the repository.'),
    name: segmentValue.default('nixpkgs').describe('Name of the repository.'),
  })
    .prefault({})
    .describe('The nixpkgs repository, asked for the heads of its branches.'),
  nixpkgsConfig: nixSetValue
    .default('{ allowUnfree = true; cudaSupport = true; }')
    .describe('The config that the sources build nixpkgs with, as a Nix expression: snippets import nixpkgs with it.'),
  caches: z
    .array(z.discriminatedUnion('kind', [CachixCacheSchema, BinaryCacheSchema]))
    .default([])
    .describe('The binary caches that are asked whether an output is there.'),
  branches: z.array(BranchSchema).min(1).describe('The columns, in order.'),
  packages: z
    .array(PackageSchema)
    .default([])
    .describe('Packages with a name of their own; every other attribute makes a row named by its path.'),
  ignoreOutputs: z
    .array(z.string().regex(/^[A-Za-z0-9_+.?=-]{1,100}$/, 'the name of an output'))
    .default(['doc', 'devdoc', 'man', 'info', 'debug', 'dist'])
    .describe('Outputs that need not be cached for a package to be ready.'),
  staleAfterHours: staleAfterHoursValue.default(48),
  staleBehindDays: staleBehindDaysValue.default(14),
  sync: strict({
    schedule: cronValue.default('*/15 * * * *').describe('When to sync: a cron pattern of five fields, in UTC.'),
    historyDays: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .default(90)
      .describe('How many days a first sync reads back. Nothing is deleted for age.'),
  })
    .prefault({})
    .describe('When and how far back sources are read.'),
  feeds: strict({
    holdEvaluations: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(1)
      .describe('How many evaluations a change must last before a feed tells it.'),
  })
    .prefault({})
    .describe('Feeds.'),
  notifications: z
    .array(NotificationSchema)
    .default([])
    .describe('Who is told of changes. Secrets only as names of environment variables, in keys that end in Env.'),
}).meta({ title: 'Flakeboard configuration', description: 'What Flakeboard watches.' })

type ConfigFile = z.output<typeof ConfigFileSchema>

/** The configuration with everything filled in that one part of the file takes from another. */
export type Config = ReturnType<typeof toConfig>
export type SourceConfig = Config['sources'][number]
export type HerculesCiSourceConfig = Extract<SourceConfig, { kind: 'hercules-ci' }>
export type HydraSourceConfig = Extract<SourceConfig, { kind: 'hydra' }>
export type CacheConfig = Config['caches'][number]
export type CachixCacheConfig = Extract<CacheConfig, { kind: 'cachix' }>
export type BinaryCacheConfig = Extract<CacheConfig, { kind: 'binary-cache' }>
export type BranchConfig = Config['branches'][number]
export type PackageConfig = Config['packages'][number]
export type NotificationConfig = Config['notifications'][number]

/** Resolves what defaults to another part of the file: names, refs, limits. Absent optional values become null. */
export function toConfig({ $schema: _, ...file }: ConfigFile) {
  return {
    ...file,
    upstream: { ...file.upstream, web: file.upstream.web ?? githubWeb(file.upstream.api) },
    sources: file.sources.map((source) => (source.kind === 'hydra' ? source : toHerculesCiSource(source))),
    caches: file.caches.map((cache) => (cache.kind === 'cachix' ? { ...cache, name: cache.name ?? cache.id } : cache)),
    branches: file.branches.map((branch) => ({
      name: branch.name,
      ref: branch.ref ?? branch.name,
      title: branch.title ?? null,
      note: branch.note ?? null,
      staleAfterHours: branch.staleAfterHours ?? file.staleAfterHours,
      staleBehindDays: branch.staleBehindDays ?? file.staleBehindDays,
    })),
    notifications: file.notifications.map(toNotification),
  }
}

function toHerculesCiSource(source: z.output<typeof HerculesCiSourceSchema>) {
  const { repository } = source
  return {
    ...source,
    handlers: source.handlers ?? null,
    repository: repository === undefined ? null : { ...repository, raw: repository.raw ?? null },
  }
}

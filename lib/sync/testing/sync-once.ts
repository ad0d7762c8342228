import 'server-only'
import type { z } from 'zod'
import { type Config, ConfigFileSchema, toConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { setLogLevel } from '@/lib/log'
import { type StartedSync, type SyncInput, type SyncOutcome, startSync } from '@/lib/sync/start-sync'
import { adaptersOf, type ScriptedWorld } from './scripted-world'

type ConfigFile = z.input<typeof ConfigFileSchema>
type SourceFile = Extract<ConfigFile['sources'][number], { kind: 'hercules-ci' }>

export const PUBLIC_KEY = 'key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

/** A configuration of one source `ci`, one branch and one cache `bulk`, with parts of the file exchanged. */
export function scriptedConfig(parts: Partial<ConfigFile> = {}, source: Partial<SourceFile> = {}): Config {
  const ci = { id: 'ci', kind: 'hercules-ci' as const, account: 'a', project: 'p', ...source }
  return toConfig(
    ConfigFileSchema.parse({
      sources: [ci],
      caches: [cacheFile('bulk')],
      branches: [{ name: 'nixos-unstable' }],
      sync: { historyDays: 90 },
      ...parts,
    }),
  )
}

/** `bulk` has a bulk question; any other is a plain binary cache. */
export function cacheFile(id: string, publicKeys: string[] = [PUBLIC_KEY]): NonNullable<ConfigFile['caches']>[number] {
  const common = { id, url: `https://${id}.example`, publicKeys, recheckMinutes: 60 }
  return id === 'bulk' ? { ...common, kind: 'cachix' } : { ...common, kind: 'binary-cache' }
}

export interface Scripted {
  readonly db: Db
  readonly world: ScriptedWorld
  readonly config: Config
}

export const BY_SCHEDULE: SyncInput = { trigger: 'schedule', who: null }
export const BY_PERSON: SyncInput = { trigger: 'button', who: 'Ada' }

/** Starts a sync of a scripted world. */
export function startScripted({ db, world, config }: Scripted, input: SyncInput = BY_SCHEDULE): Promise<StartedSync> {
  const adapters = () =>
    adaptersOf(
      world,
      config.caches.map(({ id }) => id),
    )
  return startSync(input, { db, config, adapters, now: () => world.clock })
}

const QUARTER_MS = 15 * 60_000

setLogLevel('silent')

/** A whole sync of a scripted world, a quarter of an hour after the last one; what was asked before is forgotten. */
export async function syncOnce(scripted: Scripted, input: SyncInput = BY_SCHEDULE): Promise<SyncOutcome> {
  const { world } = scripted
  world.requests.length = 0
  world.clock = new Date(world.clock.getTime() + QUARTER_MS)
  const sync = await startScripted(scripted, input)
  if (!sync.started) throw new Error(`the sync ${sync.id} runs already`)
  return sync.done
}

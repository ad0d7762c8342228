import 'server-only'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { type Env, env } from '@/lib/env'
import { readConfig } from './read-config'
import type { Config } from './schema'
import { withSecrets } from './secrets'

let cached: Config | undefined

/**
 * The configuration of this process, read once from the file that `FLAKEBOARD_CONFIG` names. Throws `ConfigError`, also
 * when a secret that it names is not in the environment.
 */
export function config(): Config {
  cached ??= withSecrets(readConfig(resolve(env().FLAKEBOARD_CONFIG)))
  return cached
}

/** Changes when anything in the configuration does: 16 hex digits. Stored facts that were decoded by another one are stale. */
export function configHash(value: Config): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}

/** The public address of the dashboard without a slash at its end; never taken from a request. */
export function publicUrl({ FLAKEBOARD_URL, PORT }: Pick<Env, 'FLAKEBOARD_URL' | 'PORT'> = env()): string {
  return FLAKEBOARD_URL ?? `http://localhost:${PORT}`
}

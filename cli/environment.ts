import { resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { sqlitePathOf } from '@/lib/db/sqlite-adapter'
import { type Env, loadEnvFile, parseEnv } from '@/lib/env'
import { CommandError } from './failure'

/** The folder of the program, wherever it is called from. */
export const PROGRAM_ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Reads `.env` and the environment, and makes the paths in it absolute, in this process and so for those it starts:
 * the standalone server changes its folder. Throws `EnvError` and `CommandError`.
 */
export function prepareEnvironment(): Env {
  loadEnvFile(resolve('.env'))
  const env = absolutePaths(parseEnv(process.env))
  process.env.DATABASE_URL = env.DATABASE_URL
  process.env.FLAKEBOARD_CONFIG = env.FLAKEBOARD_CONFIG
  return env
}

/** The same environment with paths that hold in every folder. Throws when a build would delete the database. */
export function absolutePaths(env: Env): Env {
  return { ...env, DATABASE_URL: absoluteDatabase(env.DATABASE_URL), FLAKEBOARD_CONFIG: resolve(env.FLAKEBOARD_CONFIG) }
}

function absoluteDatabase(url: string): string {
  if (!url.startsWith('file:')) return url
  const path = sqlitePathOf(url)
  if (path.split(sep).includes('.next')) {
    throw new CommandError(`DATABASE_URL: ${path} lies under .next, which every build empties. Choose another folder.`)
  }
  return pathToFileURL(path).href
}

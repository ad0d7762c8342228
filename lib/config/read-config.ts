import 'server-only'
import { readFileSync } from 'node:fs'
import { ConfigError } from './faults'
import { parseConfig } from './parse-config'
import { parseJson } from './parse-json'
import type { Config } from './schema'

const BYTE_ORDER_MARK = /^\uFEFF/

/** The configuration in a file. Throws `ConfigError` with every fault when it is missing or wrong. */
export function readConfig(path: string): Config {
  const parsed = parseJson(readText(path).replace(BYTE_ORDER_MARK, ''))
  if ('faults' in parsed) throw new ConfigError(parsed.faults, path)
  return parseConfig(parsed.value, path)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError([`the file: expected a file that can be read, found ${reasonOf(error)}`], path)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'none (FLAKEBOARD_CONFIG may name another one)',
  EISDIR: 'a folder',
  EACCES: 'one that this user may not read',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? `one that cannot be read (${code})`
}

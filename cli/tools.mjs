// The two programs that the tests need beside Node: a browser and a database server.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

const POSTGRESQL_FOLDER = '/usr/lib/postgresql'
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Finds the browser and the server, installing what is missing where that is possible. Throws with the line that does it elsewhere. */
export async function ensureTools() {
  const missing = missingPackages()
  if (missing.length > 0) await install(missing)
  return { chromium: chromiumPath() }
}

function missingPackages() {
  return [chromiumPath() === undefined && 'chromium', !hasPostgresql() && 'postgresql'].filter(Boolean)
}

async function install(packages) {
  const line = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || inPath('apt-get') === undefined) {
    throw new Error(`The tests need ${packages.join(' and ')}. On Debian:\n\n  sudo sh -c '${line}'\n`)
  }
  console.log(`  installing ${packages.join(', ')}`)
  const { code, output } = await run(['sh', '-c', line], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  const stillMissing = missingPackages()
  if (code !== 0 || stillMissing.length > 0) throw new Error(`This failed:\n\n  ${line}\n\n${output}`)
}

/** The browser that CHROMIUM_PATH names, or the first of the usual names in the PATH; undefined when there is none. */
export function chromiumPath() {
  const told = process.env.CHROMIUM_PATH
  if (told) return told
  return CHROMIUM_NAMES.map(inPath).find((path) => path !== undefined)
}

// Debian keeps the server's programs out of the PATH, one folder per version.
function hasPostgresql() {
  const versions = existsSync(POSTGRESQL_FOLDER) ? readdirSync(POSTGRESQL_FOLDER) : []
  return (
    versions.some((version) => existsSync(join(POSTGRESQL_FOLDER, version, 'bin/initdb'))) ||
    inPath('initdb') !== undefined
  )
}

function inPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

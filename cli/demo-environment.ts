import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DEMO_WEBHOOK_SECRET, DEMO_WEBHOOK_SECRET_ENV } from '@/e2e/upstreams/webhook'
import { loadEnvFile, parseEnv } from '@/lib/env'
import { CommandError } from './failure'
import { freePortFrom } from './ports'
import { addressable, type Listen } from './server'
import { tell } from './terminal'

const FOLDER = resolve('data/demo')
/** Not sent to servers that play a part. */
const FOREIGN_SECRETS = ['HERCULES_CI_TOKEN', 'CACHIX_AUTH_TOKEN', 'GITHUB_TOKEN']

export interface DemoEnvironment extends Listen {
  readonly databaseUrl: string
  readonly adminToken: string
  /** False when the person chose the token: it is not printed then. */
  readonly isTokenOurs: boolean
}

/** Points this process, and those it starts, at a new database and a configuration of the demo alone. */
export async function prepareDemo(configuration: unknown): Promise<DemoEnvironment> {
  loadEnvFile(resolve('.env'))
  // The demo has a database and a configuration of its own, so wrong ones of the installation do not matter.
  const env = parseEnv({ ...process.env, DATABASE_URL: '', FLAKEBOARD_CONFIG: '', FLAKEBOARD_URL: '' })
  const port = process.env.PORT ? env.PORT : await findPort(env.PORT, env.HOST)
  const database = join(FOLDER, `flakeboard-${port}.db`)
  const configFile = join(FOLDER, `flakeboard-${port}.config.json`)
  mkdirSync(FOLDER, { recursive: true })
  // New each time, so that every demo shows the same.
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true })
  writeFileSync(configFile, `${JSON.stringify(configuration, null, 2)}\n`)

  const adminToken = env.FLAKEBOARD_ADMIN_TOKEN ?? randomBytes(12).toString('base64url')
  const databaseUrl = pathToFileURL(database).href
  for (const name of FOREIGN_SECRETS) delete process.env[name]
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    FLAKEBOARD_CONFIG: configFile,
    FLAKEBOARD_ADMIN_TOKEN: adminToken,
    [DEMO_WEBHOOK_SECRET_ENV]: DEMO_WEBHOOK_SECRET,
    PORT: String(port),
    // The address that the installation is known by is not the demo's.
    FLAKEBOARD_URL: ['127.0.0.1', '0.0.0.0', '::'].includes(env.HOST) ? '' : `http://${addressable(env.HOST)}:${port}`,
  })
  return { host: env.HOST, port, databaseUrl, adminToken, isTokenOurs: env.FLAKEBOARD_ADMIN_TOKEN === undefined }
}

async function findPort(wanted: number, host: string): Promise<number> {
  const port = await freePortFrom(wanted, host)
  if (port === null) throw new CommandError(`No port is free from ${wanted} on. Set PORT.`)
  if (port !== wanted) tell(`Port ${wanted} is taken; using ${port}.`)
  return port
}

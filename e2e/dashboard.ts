import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type SyncReport, SyncReportSchema, type SyncRun } from '@/lib/contract/sync'
import { type DemoUpstreams, startDemoUpstreams } from './upstreams/main'
import { DEMO_WEBHOOK_SECRET, DEMO_WEBHOOK_SECRET_ENV } from './upstreams/webhook'

export const ADMIN_TOKEN = 'let-me-in-to-sync'
const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Only leap years have it, so that no sync starts unless a test starts it. */
const HARDLY_EVER = '0 0 29 2 *'
/** Enough for every story the tests tell, and read in a fraction of the time that the whole of it takes. */
const HISTORY_DAYS = 30
const LOOK_MS = 100

export interface DashboardOptions {
  /** What the server inherits: the environment of the test runner. */
  readonly environment: Readonly<Record<string, string>>
  /** False: its upstreams refuse every connection, so that it never reads anything. */
  readonly isReachable: boolean
}

/** The production server with a database of its own, and the upstreams it reads. */
export interface Dashboard {
  readonly url: string
  readonly upstreams: DemoUpstreams
  /** What the server logged as an error since this was last asked. */
  takeLoggedErrors(): string[]
  readSyncs(): Promise<SyncReport>
  /** Asks for a sync as a bot does. */
  postSync(init?: { token?: string; body?: unknown }): Promise<Response>
  /** Runs a sync to its end. */
  sync(): Promise<SyncRun>
  close(): Promise<void>
}

/** Starts upstreams and server, and waits until the server is ready and its first sync has ended. */
export async function startDashboard({ environment, isReachable }: DashboardOptions): Promise<Dashboard> {
  const folder = mkdtempSync(join(tmpdir(), 'flakeboard-e2e-'))
  const upstreams = await startDemoUpstreams({ now: new Date() })
  if (!isReachable) await upstreams.close()
  const port = await freePort()
  const configuration = join(folder, 'config.json')
  const sync = { schedule: HARDLY_EVER, historyDays: HISTORY_DAYS }
  writeFileSync(configuration, JSON.stringify({ ...upstreams.demoConfig(), sync }))
  const server = startServer({
    ...environment,
    DATABASE_URL: pathToFileURL(join(folder, 'flakeboard.db')).href,
    FLAKEBOARD_CONFIG: configuration,
    FLAKEBOARD_ADMIN_TOKEN: ADMIN_TOKEN,
    FLAKEBOARD_URL: '',
    HERCULES_CI_TOKEN: '',
    CACHIX_AUTH_TOKEN: '',
    GITHUB_TOKEN: '',
    [DEMO_WEBHOOK_SECRET_ENV]: DEMO_WEBHOOK_SECRET,
    TRUST_PROXY: '',
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    PORT: String(port),
  })
  const dashboard = dashboardOf({ url: `http://127.0.0.1:${port}`, upstreams, server, folder })
  await untilReady(dashboard.url, server)
  await untilIdle(dashboard)
  return dashboard
}

interface Parts {
  readonly url: string
  readonly upstreams: DemoUpstreams
  readonly server: Server
  readonly folder: string
}

function dashboardOf({ url, upstreams, server, folder }: Parts): Dashboard {
  const dashboard: Dashboard = {
    url,
    upstreams,
    takeLoggedErrors: () => server.lines.splice(0).filter(isError),
    readSyncs: async () => SyncReportSchema.parse(await (await fetch(`${url}/api/v1/sync`)).json()),
    postSync: ({ token = ADMIN_TOKEN, body } = {}) =>
      fetch(`${url}/api/v1/sync`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    sync: async () => {
      const response = await dashboard.postSync()
      if (response.status !== 202) throw new Error(`the sync was refused with ${response.status}`)
      return untilIdle(dashboard)
    },
    close: async () => {
      await stop(server.process)
      await upstreams.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return dashboard
}

interface Server {
  readonly process: ChildProcess
  readonly lines: string[]
}

// As `npm start` does, which builds first when the build is older than the sources.
function startServer(env: Readonly<Record<string, string>>): Server {
  const args = ['--conditions=react-server', '--import', 'tsx', 'cli/start.ts']
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...env, NODE_ENV: 'production' } })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    })
  }
  return { process: child, lines }
}

// One line of JSON per event; what is not one was not meant to be said at all, but for Next's greeting.
function isError(line: string): boolean {
  try {
    const event: unknown = JSON.parse(line)
    return typeof event === 'object' && event !== null && 'level' in event && Number(event.level) >= 50
  } catch {
    return /error|warn|⨯|⚠/i.test(line)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

async function untilReady(url: string, { process: child, lines }: Server): Promise<void> {
  while (child.exitCode === null) {
    const response = await fetch(`${url}/readyz`).catch(() => null)
    await response?.body?.cancel()
    if (response?.ok) return
    await wait(LOOK_MS)
  }
  throw new Error(`The server ended with ${child.exitCode}:\n${lines.join('\n')}`)
}

/** Waits until no sync runs, and gives the newest one. */
async function untilIdle(dashboard: Dashboard): Promise<SyncRun> {
  for (;;) {
    const { running, runs } = await dashboard.readSyncs()
    const [newest] = runs
    if (running === null && newest !== undefined) return newest
    await wait(LOOK_MS)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

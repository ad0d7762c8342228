import { setTimeout as wait } from 'node:timers/promises'
import { type DemoUpstreams, startDemoUpstreams } from '@/e2e/upstreams/main'
import { publicUrl } from '@/lib/config/config'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import type { SyncRun } from '@/lib/contract/sync'
import { closeDb } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { setLogLevel } from '@/lib/log'
import { readMatrix } from '@/lib/queries/matrix'
import { readSyncRun } from '@/lib/queries/sync-run'
import { startSync } from '@/lib/sync/start-sync'
import { build, isBuilt } from './build'
import { type DemoEnvironment, prepareDemo } from './demo-environment'
import { PROGRAM_ROOT } from './environment'
import { CommandError, runCommand } from './failure'
import { followSync } from './follow-sync'
import { makeProgress } from './progress'
import { exitCodeOf, forwardSignals } from './run-program'
import { isServing, startServer } from './server'
import { faultLines, summaryLine } from './sync-summary'
import { say, tell } from './terminal'

const LOOK_MS = 200

async function main(): Promise<number> {
  say('Flakeboard demo: made-up build results, served by loopback servers in the real formats.')
  const upstreams = await startDemoUpstreams({ now: new Date() })
  try {
    const demo = await prepareDemo(upstreams.demoConfig())
    // At the same time as the sync, which mostly waits. Only said to be failed once its turn has come.
    const pages = isBuilt() ? null : build('pipe')
    pages?.catch(() => {})
    await fillDatabase(demo, upstreams)
    if (pages !== null) {
      say('Building the pages; only the first start takes this long …')
      await pages
    }
    return await serve(demo)
  } finally {
    await upstreams.close()
  }
}

async function fillDatabase({ databaseUrl }: DemoEnvironment, upstreams: DemoUpstreams): Promise<void> {
  setLogLevel('error')
  await migrate(databaseUrl, { root: PROGRAM_ROOT })
  const first = await sync()
  if (first.counts.evaluations === 0) throw new CommandError('The demo could not read its own servers.')
  // Evicted is what was seen cached before: the cache is looked at, collects its garbage, and is looked at again.
  upstreams.mutate({ action: 'collect-garbage' })
  // And flapping is what came out both ways: a build that failed is tried again.
  upstreams.mutate({ action: 'retry', derivation: await failedBuildOf('katago') })
  await sync()
  await closeDb()
}

async function failedBuildOf(row: string): Promise<string> {
  const { packages } = await readMatrix(MatrixParamsSchema.parse({ package: [row], view: 'compact' }))
  const failed = Object.values(packages[0]?.cells ?? {}).find(({ status }) => status === 'failed')
  if (failed?.derivation == null) throw new CommandError(`The demo has no failed build of ${row}.`)
  return failed.derivation
}

async function sync(): Promise<SyncRun> {
  const progress = makeProgress()
  const run = await followSync(
    { trigger: 'demo', who: null },
    { start: startSync, read: readSyncRun, pause: () => wait(LOOK_MS), progress, onForeign: () => {} },
  ).finally(() => progress.end())
  say(summaryLine(run))
  for (const line of faultLines(run)) tell(line)
  return run
}

async function serve(demo: DemoEnvironment): Promise<number> {
  const server = await startServer(demo)
  const ended = exitCodeOf(server)
  let isStopped = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true))
  forwardSignals(server)
  if (await isServing(server, demo)) {
    if (demo.isTokenOurs) say(`To try the re-sync button, sign in with the token ${demo.adminToken}`)
    say('Stop with Ctrl-C. The dashboard is at')
    say(publicUrl())
  }
  const code = await ended
  // Ctrl-C is how a demo ends, not a failure.
  return isStopped ? 0 : code
}

await runCommand(main)

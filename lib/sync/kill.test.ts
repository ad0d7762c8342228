import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoUpstreams, startDemoUpstreams } from '@/e2e/upstreams/main'
import { ConfigFileSchema, toConfig } from '@/lib/config/schema'
import { type Db, openDb } from '@/lib/db/client'
import { setLogLevel } from '@/lib/log'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { type SyncInput, startSync } from './start-sync'
import { dump } from './testing/dump'

const NOW = new Date('2026-11-23T12:00:00Z')
const MINUTE_MS = 60_000
const INPUT: SyncInput = { trigger: 'command', who: null }
// How many requests the upstreams have answered when the process is killed: in the listing and the evaluations, among
// the derivations, and among the narinfos.
const KILLED_AFTER = [3, 60, 140]

let upstreams: DemoUpstreams
beforeAll(async () => {
  setLogLevel('silent')
  upstreams = await startDemoUpstreams({ now: NOW })
})
afterAll(() => upstreams.close())

function configFile() {
  const file = upstreams.demoConfig()
  return { ...file, caches: file.caches.slice(0, 1), sync: { ...file.sync, historyDays: 2 } }
}

/** Each run is a little later than the one before, so that a dead one's lease counts as dead. */
function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * MINUTE_MS)
}

function answered(): number {
  return Object.values(upstreams.servers).reduce((sum, { requests }) => sum + requests.length, 0)
}

function startChild(url: string, now: Date) {
  const child = 'lib/sync/testing/sync-child.ts'
  const options = ['--conditions=react-server', '--import', 'tsx']
  const args = [...options, child, url, JSON.stringify(configFile()), now.toISOString()]
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Runs a sync in a process of its own and kills it once that many more requests were answered. */
async function killAfter(requests: number, url: string, now: Date): Promise<NodeJS.Signals | null> {
  const until = answered() + requests
  const child = startChild(url, now)
  const exited = once(child, 'exit')
  while (answered() < until && child.exitCode === null) await wait(1)
  child.kill('SIGKILL')
  await exited
  return child.signalCode
}

async function syncHere(db: Db, now: Date) {
  const config = toConfig(ConfigFileSchema.parse(configFile()))
  const sync = await startSync(INPUT, { db, config, now: () => now })
  return sync.started ? { id: sync.id, ...(await sync.done) } : { id: sync.id, status: 'refused' }
}

describeOnBothDatabases('A sync that is killed', (fresh, freshUrl) => {
  it('is completed by the next one: the rows are those of a run that nothing disturbed', {
    timeout: 180_000,
  }, async () => {
    const undisturbed = await fresh()
    expect(await syncHere(undisturbed, later(0))).toMatchObject({ status: 'done', errors: [] })
    const expected = await dump(undisturbed)
    expect(expected.evaluations?.length).toBeGreaterThan(4)

    const url = await freshUrl()
    for (const [index, requests] of KILLED_AFTER.entries()) {
      expect(await killAfter(requests, url, later(index * 2)), `after ${requests}`).toBe('SIGKILL')
    }
    const db = openDb(url)
    const dead = await db.syncRun.findFirstOrThrow({ where: { status: 'running' } })
    const lastDied = (KILLED_AFTER.length - 1) * 2
    expect(await syncHere(db, later(lastDied + 1))).toEqual({ id: dead.id, status: 'refused' })
    expect(await syncHere(db, later(lastDied + 2))).toMatchObject({ status: 'done', errors: [] })
    expect(await dump(db)).toEqual(expected)
    const runs = await db.syncRun.findMany({ orderBy: { startedMs: 'asc' } })
    expect(runs.map(({ status }) => status)).toEqual([...KILLED_AFTER.map(() => 'failed'), 'done'])
    await db.$disconnect()
  })
})

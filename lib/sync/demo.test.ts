import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DemoUpstreams, startDemoUpstreams } from '@/e2e/upstreams/main'
import { type Config, ConfigFileSchema, toConfig } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { setLogLevel } from '@/lib/log'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { startSync } from './start-sync'
import { dump } from './testing/dump'

const NOW = new Date('2026-11-23T12:00:00Z')
let upstreams: DemoUpstreams
let config: Config
beforeEach(async () => {
  setLogLevel('silent')
  upstreams = await startDemoUpstreams({ now: NOW })
  const file = upstreams.demoConfig()
  const short = { ...file, caches: file.caches.slice(0, 1), sync: { ...file.sync, historyDays: 2 } }
  config = toConfig(ConfigFileSchema.parse(short))
})
afterEach(() => upstreams.close())

let minutes = 0
async function synced(db: Db) {
  minutes += 1
  const now = new Date(NOW.getTime() + minutes * 60_000)
  const sync = await startSync({ trigger: 'command', who: null }, { db, config, now: () => now })
  if (!sync.started) throw new Error('another sync runs')
  return sync.done
}

async function shown(db: Db) {
  const { evaluations, results, feeds, tracks, cells, branches, rows } = await dump(db)
  return { evaluations, results, feeds, tracks, cells, branches, rows }
}

describeOnBothDatabases('The wire formats of the demo', (fresh) => {
  it('leave the same rows whether they were synced once or twice', { timeout: 180_000 }, async () => {
    const db = await fresh()
    expect(await synced(db)).toMatchObject({ status: 'done', errors: [] })
    const first = await dump(db)
    const before = upstreams.servers.herculesCi.requests.length
    const again = await synced(db)
    expect(again).toMatchObject({ status: 'done', counts: { evaluations: 0, results: 0 } })
    expect(await dump(db)).toEqual(first)
    // The list, the four columns with their failure graphs, the running and the queued one: no details.
    expect(upstreams.servers.herculesCi.requests.length - before).toBeLessThan(30)
  })

  it('are survived when damaged, and completed by the next sync', { timeout: 180_000 }, async () => {
    const { herculesCi, cachix } = upstreams.servers
    herculesCi.faults.add({ kind: 'truncate', path: '/evaluation', times: 1 })
    herculesCi.faults.add({ kind: 'html', path: '/derivations/failed', times: 1 })
    herculesCi.faults.add({ kind: 'corrupt', path: '/jobs?', at: ['items', 3, 'id'], value: 7, times: 1 })
    herculesCi.faults.add({ kind: 'status', status: 429, retryAfter: '0', path: '/evaluation', times: 1 })
    herculesCi.faults.add({ kind: 'status', status: 500, path: '/derivations/', times: 1 })
    cachix.faults.add({ kind: 'html', path: '.narinfo', times: 3 })
    const db = await fresh()
    const { status, errors } = await synced(db)
    expect(status).toBe('failed')
    expect(await db.syncError.count()).toBe(errors.length)
    for (const part of ['/evaluation', '/derivations/failed', '/jobs']) {
      expect(errors.filter(({ address }) => address.includes(part)).length, part).toBeGreaterThan(0)
    }
    expect(await db.presence.count({ where: { presence: presenceCode('unreachable') } })).toBe(3)
    expect(await synced(db)).toMatchObject({ status: 'done', errors: [] })
    const undisturbed = await fresh()
    await synced(undisturbed)
    expect(await shown(db)).toEqual(await shown(undisturbed))
  })

  it('tell of forged signatures and evictions, and never call those ready', { timeout: 180_000 }, async () => {
    upstreams.servers.cachix.faults.add({ kind: 'forge', digests: ['*'] })
    const db = await fresh()
    await synced(db)
    expect(await db.presence.count({ where: { presence: presenceCode('cached') } })).toBe(0)
    expect(await db.cell.count({ where: { isReady: true } })).toBe(0)
    upstreams.servers.cachix.faults.clear()
    await synced(db)
    const ready = await db.cell.count({ where: { isReady: true } })
    expect(ready).toBeGreaterThan(0)
    upstreams.servers.cachix.faults.add({ kind: 'evict', digests: ['*'] })
    await synced(db)
    expect(await db.cell.count({ where: { isReady: true } })).toBe(0)
    expect(await db.presence.count({ where: { presence: presenceCode('evicted') } })).toBeGreaterThan(0)
  })
})

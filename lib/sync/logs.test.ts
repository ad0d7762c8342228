import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { unpackLines } from '@/lib/db/log-chunk'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import type { Asks } from './ask-limits'
import { LOG_LINES_MAX } from './collect-log'
import { type RefreshTools, refreshLog } from './refresh-log'
import { numbered, type ScriptedLogs, scriptedLogs, sourceWithLogs, syncWithLogs } from './testing/scripted-logs'
import { builds, drv, type ScriptedRun, scriptedWorld } from './testing/scripted-world'

const MAGMA = drv('magma')
const TORCH = drv('torch')
/** torch fails because of magma, which is no attribute. */
const BLOCKED: ScriptedRun = {
  number: 1,
  results: builds({ torch: 'dependency-failed', jax: 'succeeded' }),
  failures: [
    { derivation: TORCH, status: 'dependency-failed', failedDependencies: [MAGMA] },
    { derivation: MAGMA, status: 'failed', failedDependencies: [] },
  ],
}
const FAILURE = ['Running phase: buildPhase', 'a.cu:1:2: error: no such thing', 'ninja: build stopped']

function magmaLog(texts: readonly string[] = FAILURE): ScriptedLogs {
  const logs = scriptedLogs()
  logs.attempts.set(MAGMA, 'log-1')
  logs.lines.set('log-1', numbered(texts))
  return logs
}

async function linesOf(db: Db, derivation = MAGMA): Promise<(readonly [number, string])[]> {
  const chunks = await db.logChunk.findMany({ where: { of: { derivation } }, orderBy: { firstNumber: 'asc' } })
  return chunks.flatMap(({ lines }) => unpackLines(lines))
}

describeOnBothDatabases('Logs', (fresh) => {
  async function worldWith(logs: ScriptedLogs, runs = [BLOCKED]) {
    const [db, world] = [await fresh(), scriptedWorld(runs)]
    const sync = () => syncWithLogs(db, world, logs)
    const refresh = (derivation: string, tools: RefreshTools = {}) =>
      refreshLog(derivation, '192.0.2.1', {
        db,
        sources: [sourceWithLogs(world, logs)],
        asks: [],
        now: () => world.clock,
        ...tools,
      })
    return { db, world, sync, refresh }
  }

  it('of what breaks the shown evaluations are read by a sync, with their excerpt, once', async () => {
    const logs = magmaLog()
    const { db, sync } = await worldWith(logs)
    await sync()

    const [log, ...others] = await db.log.findMany()
    expect(others).toEqual([])
    expect(log).toMatchObject({ derivation: MAGMA, logId: 'log-1', source: 'ci', state: 'done', lineCount: 3 })
    expect(JSON.parse(log?.excerpt ?? '')).toMatchObject({ firstError: 2, verdict: 'found', phase: 'buildPhase' })
    expect(await linesOf(db)).toEqual(FAILURE.map((text, index) => [index + 1, text]))

    await sync()
    expect(logs.requests).toEqual(['log-1 1'])
  })

  it('that cannot be read are a fault of the run and are asked for by the next one', async () => {
    const logs = magmaLog()
    logs.fault = 'unavailable'
    const { db, sync } = await worldWith(logs)
    expect((await sync()).errors).toEqual([
      { source: 'ci', address: 'scripted:log log-1', reason: 'scripted unavailable' },
    ])
    const waiting = () => db.meta.findUnique({ where: { key: 'waiting logs' } })
    expect(await waiting()).toMatchObject({ value: '{"count":1,"retryMs":null}' })
    logs.fault = null
    expect((await sync()).errors).toEqual([])
    expect(await waiting()).toMatchObject({ value: '{"count":0,"retryMs":null}' })
    expect(await db.log.count({ where: { state: 'done' } })).toBe(1)
  })

  it('of a new attempt are read beside those of the one before', async () => {
    const logs = magmaLog()
    const { db, world, sync } = await worldWith(logs, [{ number: 1, results: builds({ magma: 'failed' }) }])
    await sync()
    logs.attempts.set(MAGMA, 'log-2')
    logs.lines.set('log-2', numbered(['another error: end']))
    world.derivations.set(MAGMA, 'building')
    world.runs.push({ number: 2, results: builds({ magma: 'building' }) })
    await sync()
    world.derivations.set(MAGMA, 'failed')
    world.runs.push({ number: 3, results: builds({ magma: 'failed' }) })
    await sync()
    expect((await db.log.findMany({ orderBy: { logId: 'asc' } })).map(({ logId }) => logId)).toEqual(['log-1', 'log-2'])
  })

  it('are limited to twenty in one run, the rest waits for the next', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `package-${index}`)
    const logs = scriptedLogs()
    for (const name of names) {
      logs.attempts.set(drv(name), name)
      logs.lines.set(name, numbered(FAILURE))
    }
    const results = builds(Object.fromEntries(names.map((name) => [name, 'failed'])))
    const { db, sync } = await worldWith(logs, [{ number: 1, results }])
    await sync()
    expect(await db.log.count()).toBe(20)
    await sync()
    expect(await db.log.count()).toBe(25)
  })

  it('still being written are read on from where they were, gaps and all', async () => {
    const logs = magmaLog(['Running phase: buildPhase'])
    logs.open.add('log-1')
    const { db, sync, refresh } = await worldWith(logs)
    await sync()
    expect(await db.log.findFirst()).toMatchObject({ state: 'reading', lastNumber: 1 })

    logs.lines.get('log-1')?.push(...numbered(['x.c:1:1: error: late'], 7))
    logs.open.clear()
    logs.requests.length = 0
    expect(await refresh(MAGMA)).toEqual({ kind: 'stored' })
    expect(logs.requests).toEqual(['log-1 2'])
    const log = await db.log.findFirst()
    expect(log).toMatchObject({ state: 'done', lineCount: 2, lastNumber: 7 })
    expect(JSON.parse(log?.excerpt ?? '')).toMatchObject({ firstError: 7, phase: 'buildPhase' })
    expect(await linesOf(db)).toEqual([
      [1, 'Running phase: buildPhase'],
      [7, 'x.c:1:1: error: late'],
    ])
  })

  it('that come in parts are put together', async () => {
    const logs = magmaLog(Array.from({ length: 2_500 }, (_, index) => `line ${index + 1}`))
    logs.partSize = 700
    const { db, refresh, sync } = await worldWith(logs)
    await sync()
    await refresh(MAGMA)
    const lines = await linesOf(db)
    expect(lines.map(([number]) => number)).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1))
    expect(await db.logChunk.count()).toBe(3)
  })

  it('keep colours and lose every other control character', async () => {
    const { db, sync } = await worldWith(magmaLog(['\u001b[31mred\u001b[0m\u001b[2J\u0000\u001b]0;title\u0007\r']))
    await sync()
    expect(await linesOf(db)).toEqual([[1, '\u001b[31mred\u001b[0m ']])
  })

  it('of enormous length keep their beginning and their end', async () => {
    const logs = magmaLog(Array.from({ length: LOG_LINES_MAX + 5_000 }, (_, index) => `${index + 1}`))
    const { db, sync } = await worldWith(logs)
    await sync()
    expect(await db.log.findFirst()).toMatchObject({ state: 'cut', lineCount: LOG_LINES_MAX, lastNumber: 105_000 })
    const lines = await linesOf(db)
    expect([lines[0]?.[0], lines.length]).toEqual([1, LOG_LINES_MAX])
    expect(lines.filter(([number], index) => index > 0 && number !== (lines[index - 1]?.[0] ?? 0) + 1)).toEqual([
      [25_001, '25001'],
    ])
  })

  it('read by two at the same time are stored once', async () => {
    const { db, world, sync, refresh } = await worldWith(magmaLog())
    const other = scriptedLogs()
    await syncWithLogs(db, world, other)
    await db.log.deleteMany()
    expect(await Promise.all([refresh(MAGMA), refresh(MAGMA)])).toEqual([{ kind: 'stored' }, { kind: 'stored' }])
    expect(await linesOf(db)).toHaveLength(3)
    await sync()
    expect(await db.log.count()).toBe(1)
  })

  it('are remembered as missing where no attempt was ever started', async () => {
    const { db, world, sync, refresh } = await worldWith(scriptedLogs())
    await sync()
    expect(await db.log.findMany()).toMatchObject([{ derivation: MAGMA, logId: '', state: 'missing', excerpt: null }])
    world.requests.length = 0
    expect(await refresh(MAGMA)).toEqual({ kind: 'stored' })
    expect(world.requests).toEqual([])
  })

  it('are not asked for by a person when they are there, nor for what is not known', async () => {
    const logs = magmaLog()
    const { sync, refresh } = await worldWith(logs)
    await sync()
    logs.requests.length = 0
    expect(await refresh(MAGMA)).toEqual({ kind: 'stored' })
    expect(await refresh(drv('stranger'))).toEqual({ kind: 'unknown-derivation' })
    expect(await refresh(TORCH, { sources: [] })).toEqual({ kind: 'no-logs' })
    expect(logs.requests).toEqual([])
  })

  it('are asked for by one client only so often, and again later', async () => {
    const { world, sync, refresh } = await worldWith(scriptedLogs())
    await sync()
    const asks: Asks = Array.from({ length: 20 }, () => ({ client: '192.0.2.1', atMs: world.clock.getTime() }))
    const retryAt = new Date(world.clock.getTime() + 600_000)
    expect(await refresh(TORCH, { asks })).toEqual({ kind: 'asked-too-often', retryAt })
    world.clock = retryAt
    expect(await refresh(TORCH, { asks })).toEqual({ kind: 'stored' })
  })

  it('that their source cannot give now are told of, with the reason', async () => {
    const logs = magmaLog()
    const { sync, refresh } = await worldWith(logs)
    logs.fault = 'timeout'
    await sync()
    expect(await refresh(MAGMA)).toEqual({ kind: 'unavailable', reason: 'scripted timeout', retryAt: null })
  })

  it('that take too long do not keep a person waiting', async () => {
    const { db, world, sync } = await worldWith(magmaLog())
    await syncWithLogs(db, world, scriptedLogs())
    await db.log.deleteMany()
    let answer = (_: null) => {}
    const answered = new Promise<null>((resolve) => {
      answer = resolve
    })
    const source = { ...sourceWithLogs(world, magmaLog()), readLog: () => answered }
    const tools = { db, sources: [source], asks: [], now: () => world.clock, timeoutMs: 1 }
    expect(await refreshLog(MAGMA, '192.0.2.1', tools)).toMatchObject({ kind: 'unavailable', retryAt: null })
    answer(null)
    await sync()
  })
})

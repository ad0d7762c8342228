import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { LEASE_DEAD_AFTER_MS } from '@/lib/domain/sync-lease'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { takeLease } from './lease'
import { dump } from './testing/dump'
import { builds, scriptedWorld } from './testing/scripted-world'
import { BY_SCHEDULE, scriptedConfig, startScripted, syncOnce } from './testing/sync-once'

const config = scriptedConfig()
const makeWorld = () => scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded' }) }])
const run = (id: string) => ({ id, trigger: 'command', who: null })

describeOnBothDatabases('One sync at a time', (fresh) => {
  it('starts exactly one of many that are started at once, and names it to the others', async () => {
    const [db, world] = [await fresh(), makeWorld()]
    const syncs = await Promise.all([0, 1, 2, 3].map(() => startScripted({ db, world, config })))
    const [winner, ...more] = syncs.filter(({ started }) => started)
    expect(more).toEqual([])
    expect(new Set(syncs.map(({ id }) => id))).toEqual(new Set([winner?.id]))
    await Promise.all(syncs.map((sync) => (sync.started ? sync.done : null)))
    expect(await db.syncRun.findMany()).toMatchObject([{ id: winner?.id, status: 'done' }])
  })

  it('can be followed by the next one as soon as it has ended', async () => {
    const scripted = { db: await fresh(), world: makeWorld(), config }
    await syncOnce(scripted)
    await syncOnce(scripted)
    expect(await scripted.db.syncRun.count({ where: { status: 'done' } })).toBe(2)
  })

  it('takes over the lease of a dead process after a minute, not before, and marks its run failed', async () => {
    const db = await fresh()
    const now = new Date('2026-01-05T00:00:00Z')
    const after = (ms: number) => new Date(now.getTime() + ms)
    await takeLease(db, run('dead'), now)
    expect(await takeLease(db, run('early'), after(LEASE_DEAD_AFTER_MS))).toEqual({ taken: false, runId: 'dead' })
    expect(await takeLease(db, run('heir'), after(LEASE_DEAD_AFTER_MS + 1))).toEqual({ taken: true })
    expect(await db.syncRun.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { id: 'dead', status: 'failed', finishedMs: BigInt(after(LEASE_DEAD_AFTER_MS + 1).getTime()) },
      { id: 'heir', status: 'running', finishedMs: null },
    ])
  })

  it.each(['list', 'evaluation', 'lock', 'head', 'derivation', 'info', 'bulk'])(
    'writes nothing more once another process has taken over (while asking: %s)',
    async (question) => {
      const db = await fresh()
      const world = makeWorld()
      const overtaken = overtake(db, world, question)
      const outcome = await syncOnce({ db, world, config }, BY_SCHEDULE)
      const { atTakeover, runs } = await overtaken
      expect(outcome.status).toBe('failed')
      expect(await dump(db)).toEqual(atTakeover)
      expect(await db.syncRun.findMany({ orderBy: { startedMs: 'asc' } })).toEqual(runs)
      expect(await db.lease.findFirst()).toMatchObject({ runId: 'heir' })
    },
  )
})

/** Takes the lease over while the question is asked, and remembers the rows of that moment. */
function overtake(db: Db, world: ReturnType<typeof makeWorld>, question: string) {
  return new Promise<{ atTakeover: Awaited<ReturnType<typeof dump>>; runs: unknown[] }>((resolve, reject) => {
    world.onRequest = async (asked) => {
      if (!asked.startsWith(question)) return
      world.onRequest = async () => {}
      const later = new Date(world.clock.getTime() + LEASE_DEAD_AFTER_MS + 1)
      await takeLease(db, run('heir'), later)
      const runs = await db.syncRun.findMany({ orderBy: { startedMs: 'asc' } })
      await dump(db).then((atTakeover) => resolve({ atTakeover, runs }), reject)
    }
  })
}

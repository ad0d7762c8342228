import { describe, expect, it, onTestFinished } from 'vitest'
import { setLogLevel } from '@/lib/log'
import { nextSync, startSchedule } from './schedule'
import type { StartedSync, SyncOutcome } from './start-sync'

const outcome: SyncOutcome = { status: 'done', counts: { evaluations: 0, results: 0, checks: 0 }, errors: [] }
// Far from any real minute: the tests trigger it themselves.
const pattern = '0 0 1 1 *'

function scheduleOf(start: () => Promise<StartedSync>) {
  const schedule = startSchedule({ pattern, start })
  onTestFinished(() => schedule.stop())
  return schedule
}

describe('nextSync', () => {
  it('is the next time of the pattern in UTC', () => {
    expect(nextSync(new Date('2026-11-23T12:07:00Z'), '*/15 * * * *')).toEqual(new Date('2026-11-23T12:15:00Z'))
    expect(nextSync(new Date('2026-11-23T12:07:00Z'), '0 3 * * *')).toEqual(new Date('2026-11-24T03:00:00Z'))
  })
})

describe('startSchedule', () => {
  it('waits for the sync that it started', async () => {
    let resolve = (_: SyncOutcome) => {}
    const promise = new Promise<SyncOutcome>((settle) => {
      resolve = settle
    })
    const schedule = scheduleOf(async () => ({ started: true, id: 'a', done: promise }))
    const run = schedule.trigger()
    const isOver = Promise.race([run.then(() => true), Promise.resolve(false)])

    expect(await isOver).toBe(false)
    resolve(outcome)
    await run
    expect(schedule.isBusy()).toBe(false)
  })

  it('goes on after a sync that could not start, and after one that met another', async () => {
    setLogLevel('silent')
    onTestFinished(() => setLogLevel('info'))
    let tries = 0
    const schedule = scheduleOf(async () => {
      tries++
      if (tries === 1) throw new Error('the database is away')
      return { started: false, id: 'other' }
    })
    await schedule.trigger()
    await schedule.trigger()

    expect(tries).toBe(2)
    expect(schedule.isRunning()).toBe(true)
  })
})

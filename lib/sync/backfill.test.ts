import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Status } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { dump } from './testing/dump'
import { builds, idOf, type ScriptedRun, scriptedWorld } from './testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from './testing/sync-once'

const RUNS = 5
const config = scriptedConfig()
const status = fc.constantFrom<Status>('succeeded', 'failed', 'queued')

/** A history in which packages come and go, some runs fail as a whole, are incomplete, cancelled or repeated. */
const history = fc
  .array(
    fc.record({
      torch: status,
      jax: fc.option(status, { nil: null }),
      fate: fc.constantFrom('finished', 'finished', 'finished', 'failed', 'incomplete', 'cancelled', 'rerun'),
    }),
    { minLength: RUNS, maxLength: RUNS },
  )
  .map((runs) =>
    runs.map(({ torch, jax, fate }, index): ScriptedRun => {
      const number = index + 1
      const results = builds({ torch, ...(jax === null ? {} : { jax }) }, String(number))
      if (fate === 'failed') return { number, results: [], error: 'broken' }
      return {
        number,
        results,
        ...(fate === 'incomplete' ? { error: 'out of memory' } : {}),
        ...(fate === 'cancelled' ? { state: 'cancelled' } : {}),
        ...(fate === 'rerun' && number > 1 ? { rerunOf: number - 1 } : {}),
      }
    }),
  )

describeOnBothDatabases('A backfill', (fresh) => {
  /** What readers are shown; details of derivations that were shown for a while are kept beside it. */
  async function shown({ db }: Scripted) {
    const { evaluations, results, feeds, tracks, cells, branches, rows } = await dump(db)
    return { evaluations, results, feeds, tracks, cells, branches, rows }
  }

  async function readAtOnce(runs: ScriptedRun[]) {
    const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
    await syncOnce(scripted)
    return shown(scripted)
  }

  it('comes to the same rows in whatever order, and in whatever pieces, runs are read', {
    timeout: 180_000,
  }, async () => {
    // Which runs cannot be read, in each sync before the last one.
    const pieces = fc.array(fc.subarray([1, 2, 3, 4, 5], { minLength: 2 }), { minLength: 1, maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(history, pieces, async (runs, unreadable) => {
        const scripted = { db: await fresh(), world: scriptedWorld(runs), config }
        for (const numbers of [...unreadable, []]) {
          scripted.world.faults.clear()
          for (const number of numbers) scripted.world.faults.set(`evaluation ${idOf(number)}`, 'unavailable')
          await syncOnce(scripted)
        }
        expect(await shown(scripted)).toEqual(await readAtOnce(runs))
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })

  it('comes to the same rows when the runs appear one by one, as they do over the days', {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(history, async (runs) => {
        const scripted: Scripted = { db: await fresh(), world: scriptedWorld(), config }
        for (const run of runs) {
          scripted.world.runs.push(run)
          await syncOnce(scripted)
        }
        expect(await shown(scripted)).toEqual(await readAtOnce(runs))
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })
})

import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { startFirstSync } from './first-sync'

describeOnBothDatabases('startFirstSync', (fresh) => {
  it('starts a sync on a database that has seen none, and leaves one alone that has', async () => {
    const db = await fresh()
    const starts: string[] = []
    const start = async ({ trigger }: { trigger: string }) => void starts.push(trigger)

    await startFirstSync(db, start)
    expect(starts).toEqual(['schedule'])

    await db.syncRun.create({ data: { id: 'a', trigger: 'schedule', startedMs: 1n, finishedMs: 2n, status: 'failed' } })
    await startFirstSync(db, start)
    expect(starts).toEqual(['schedule'])
  })
})

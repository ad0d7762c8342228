import { expect, it } from 'vitest'
import { metrics } from '@/lib/metrics/metrics'
import { describeOnBothDatabases } from '@/lib/testing/databases'

async function counted(): Promise<Record<string, number>> {
  const { values } = await metrics().querySeconds.get()
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'))
  return Object.fromEntries(counts.map(({ labels, value }) => [labels.kind, value]))
}

describeOnBothDatabases('Statements', (fresh) => {
  it('are counted with their time, within transactions and failed ones too', async () => {
    const db = await fresh()
    await db.meta.count()
    const before = await counted()
    await db.meta.count()
    const afterRead = await counted()
    expect(afterRead.read).toBe((before.read ?? 0) + 1)

    await db.$transaction(async (tx) => {
      await tx.$executeRawUnsafe(`INSERT INTO "Meta" ("key", "value") VALUES ('a', 'b')`)
    })
    const afterWrite = await counted()
    expect(afterWrite.write ?? 0).toBeGreaterThan(afterRead.write ?? 0)

    await expect(db.$queryRawUnsafe('SELECT nothing FROM nowhere')).rejects.toThrow()
    expect((await counted()).read).toBe((afterWrite.read ?? 0) + 1)
  })
})

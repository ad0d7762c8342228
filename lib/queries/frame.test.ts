import { expect, it } from 'vitest'
import { FrameSchema } from '@/lib/contract/frame'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readFrame } from './frame'
import { addColumn, addEvaluation, addRow, hour, queryConfig } from './testing/rows'

const source = (id: string) => ({ id, kind: 'hercules-ci' as const, account: 'a', project: 'p' })
const config = queryConfig({ title: 'CUDA', demo: true, sources: [source('ci'), source('other')] })

describeOnBothDatabases('readFrame', (fresh) => {
  async function read(db: Db) {
    const frame = await readFrame(hour(10), { db, config })
    expect(FrameSchema.parse(frame)).toEqual(frame)
    return frame
  }
  const readSource = (db: Db, id: string, hours: number) =>
    db.sourceState.create({ data: { source: id, readMs: BigInt(hour(hours).getTime()) } })

  it('of an empty database names what is configured', async () => {
    const frame = await read(await fresh())
    expect(frame).toMatchObject({
      title: 'CUDA',
      isDemo: true,
      nixpkgsUrl: 'https://github.com/NixOS/nixpkgs',
      packages: 0,
      readAt: null,
      syncRunning: null,
    })
    expect(frame.branches.map(({ freshness }) => freshness)).toEqual(['never', 'never', 'never'])
  })

  it('counts all rows and shows the heads of all branches', async () => {
    const db = await fresh()
    await addColumn(db, await addEvaluation(db, 9))
    for (const name of ['a', 'b']) await addRow(db, name)
    const frame = await read(db)
    expect(frame.packages).toBe(2)
    expect(frame.branches[0]?.evaluation?.index).toBe(9)
  })

  it('is as old as the source that was read longest ago, those configured no longer aside', async () => {
    const db = await fresh()
    await readSource(db, 'gone', 1)
    await readSource(db, 'ci', 8)
    expect((await read(db)).readAt).toBeNull()
    await readSource(db, 'other', 7)
    expect((await read(db)).readAt).toBe(hour(7).toISOString())
  })

  it('names the sync that runs', async () => {
    const db = await fresh()
    await db.lease.create({ data: { name: 'sync', runId: 'run', heartbeatMs: 0n } })
    expect((await read(db)).syncRunning).toBeNull()
    await db.lease.updateMany({ data: { heartbeatMs: BigInt(hour(10).getTime()) } })
    expect((await read(db)).syncRunning).toBe('run')
  })
})

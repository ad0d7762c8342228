import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readPresentCauses } from './present-causes'
import { queryConfig, storePath } from './testing/rows'

describeOnBothDatabases('A root cause', (fresh) => {
  it('carries why it failed once a log of it is stored', async () => {
    const db = await fresh()
    const derivation = storePath('cudnn-8.9.drv')
    const cause = { derivation, name: 'cudnn-8.9', status: 'failed' as const, blocks: 2, packages: ['torch'] }
    const unread = await readPresentCauses(db, queryConfig(), [cause])
    expect(unread).toEqual([{ ...cause, brokenNow: [], excerpt: null }])

    const excerpt = { phase: 'buildPhase', lines: [], firstError: null, verdict: 'not-in-this-text' as const }
    const log = { logId: 'l', source: 'ci', state: 'done', lineCount: 9, lastNumber: 9, fetchedMs: 1n }
    await db.log.create({ data: { derivation, excerpt: JSON.stringify(excerpt), ...log } })
    expect(await readPresentCauses(db, queryConfig(), [cause])).toEqual([{ ...cause, brokenNow: [], excerpt }])
  })
})

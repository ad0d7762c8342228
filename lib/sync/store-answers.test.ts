import { expect, it } from 'vitest'
import { presenceCode, presenceOfCode } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import type { AskedOutput } from './presence-plan'
import { storeAnswers } from './store-answers'
import { builds, drv, outputOf, scriptedWorld } from './testing/scripted-world'
import { scriptedConfig, syncOnce } from './testing/sync-once'

describeOnBothDatabases('Answers of a cache', (fresh) => {
  it.each([
    ['unchecked', 'unchecked'],
    ['cached', 'cached'],
  ] as const)('by bulk alone leave an output that is %s meanwhile as %s', async (meanwhile, after) => {
    const db = await fresh()
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded' }) }])
    world.narinfos.set(outputOf(drv('torch')), 'signed')
    const config = scriptedConfig()
    await syncOnce({ db, world, config })
    const presence = await db.presence.findFirstOrThrow({ include: { output: true } })
    const known = { presence: 'cached', firstSeenMs: 1, lastSeenMs: 1, missingSinceMs: null, checkedMs: 1 } as const
    const output: AskedOutput = {
      ...{ outputId: presence.outputId, derivationId: presence.output.derivationId, path: presence.output.path ?? '' },
      ...{ known: { ...known, lastPresence: 'cached', lastCheckedMs: 1 }, mayReadNarinfo: true },
      doubt: { untrustedMs: null, narinfoMs: null, reason: null },
    }
    // Another key was configured between the question and its answer.
    const lost = { presence: presenceCode('unchecked'), lastPresence: null }
    if (meanwhile === 'unchecked') await db.presence.updateMany({ data: lost })
    const answer = { finding: 'verified', reason: null, signedBy: null, narSize: null, fileSize: null } as const
    const answers = new Map([[presence.outputId, { ...answer, isFromNarinfo: false }]])
    const now = new Date('2026-11-23T12:00:00Z')
    await db.$transaction((tx) => storeAnswers(tx, { config, cache: presence.cache, outputs: [output], answers, now }))
    expect(presenceOfCode((await db.presence.findFirstOrThrow()).presence)).toBe(after)
  })
})

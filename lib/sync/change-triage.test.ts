import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { NOTE_MAX } from '@/lib/domain/triage'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { changeTriage } from './change-triage'

const ADA = { who: 'Ada', now: new Date('2026-11-23T08:00:00Z') }
const GRACE = { who: 'Grace', now: new Date('2026-11-23T09:00:00Z') }

describeOnBothDatabases('A change of triage', (fresh) => {
  async function withEntry(): Promise<Db> {
    const db = await fresh()
    await db.triage.create({
      data: { key: 'magma', kind: 'build', name: 'magma', system: 'x86_64-linux', state: 'new', openedMs: 1n },
    })
    return db
  }
  const entryOf = (db: Db) => db.triage.findUnique({ where: { key: 'magma' } })

  it('stores what was said, by whom and when, and writes the trail', async () => {
    const db = await withEntry()
    const form = { key: 'magma', version: '0', state: 'being-fixed', note: 'a\r\nb', issueUrl: 'https://example.org/1' }
    expect(await changeTriage(form, ADA, db)).toMatchObject({ changed: true, version: 1 })
    expect(await entryOf(db)).toMatchObject({
      state: 'being-fixed',
      note: 'a\nb',
      issueUrl: 'https://example.org/1',
      who: 'Ada',
      changedMs: BigInt(ADA.now.getTime()),
      version: 1,
    })
    const [change] = await db.triageChange.findMany()
    expect(change).toMatchObject({ key: 'magma', who: 'Ada', atMs: BigInt(ADA.now.getTime()) })
    expect(JSON.parse(change?.before ?? '')).toEqual({ state: 'new', note: '', issueUrl: null })
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ state: 'being-fixed', note: 'a\nb' })
    expect(await db.meta.findUnique({ where: { key: 'factsMs' } })).toMatchObject({ value: String(+ADA.now) })
  })

  it('leaves alone what the form does not send, and takes an empty address for none', async () => {
    const db = await withEntry()
    await changeTriage({ key: 'magma', version: 0, note: 'hm', issueUrl: 'http://example.org' }, ADA, db)
    await changeTriage({ key: 'magma', version: 1, state: 'acknowledged' }, GRACE, db)
    expect(await entryOf(db)).toMatchObject({ note: 'hm', issueUrl: 'http://example.org', who: 'Grace' })
    await changeTriage({ key: 'magma', version: 2, issueUrl: '' }, GRACE, db)
    expect(await entryOf(db)).toMatchObject({ note: 'hm', issueUrl: null, state: 'acknowledged' })
  })

  it('refuses who has not seen what somebody else said meanwhile, and tells how to go on', async () => {
    const db = await withEntry()
    await changeTriage({ key: 'magma', version: 0, note: 'mine' }, ADA, db)
    const late = { key: 'magma', version: 0, note: 'also mine' }
    const refused = await changeTriage(late, GRACE, db)
    expect(refused).toMatchObject({ changed: false, version: 1 })
    expect(refused).toHaveProperty('message', expect.stringContaining('Ada changed this at 2026-11-23 08:00 UTC'))
    expect(await entryOf(db)).toMatchObject({ note: 'mine', who: 'Ada' })
    expect(await db.triageChange.count()).toBe(1)
    expect(await changeTriage({ ...late, version: 1 }, GRACE, db)).toMatchObject({ changed: true, version: 2 })
  })

  it('lets one of two who write at once through', async () => {
    const db = await withEntry()
    const both = await Promise.all(
      [ADA, GRACE].map((by) => changeTriage({ key: 'magma', version: 0, note: by.who }, by, db)),
    )
    const winners = both.filter(({ changed }) => changed)
    expect(winners).toHaveLength(1)
    expect(await db.triageChange.count()).toBe(1)
    expect(await entryOf(db)).toMatchObject({ version: 1 })
  })

  it('says that a cause came back when that is what changed it', async () => {
    const db = await withEntry()
    await db.triage.updateMany({ data: { version: 1, reopenedMs: BigInt(ADA.now.getTime()) } })
    const refused = await changeTriage({ key: 'magma', version: 0, state: 'wont-fix' }, GRACE, db)
    expect(refused).toHaveProperty('message', expect.stringContaining('The cause came back at 2026-11-23 08:00 UTC'))
  })

  it('writes nothing when nothing is changed', async () => {
    const db = await withEntry()
    expect(await changeTriage({ key: 'magma', version: 0, state: 'new', note: '' }, ADA, db)).toEqual({
      changed: true,
      version: 0,
      said: { state: 'new', note: '', issueUrl: null },
    })
    expect(await db.triageChange.count()).toBe(0)
    expect(await entryOf(db)).toMatchObject({ who: null })
  })

  it.each([
    ['a note that is too long', { note: 'x'.repeat(NOTE_MAX + 1) }, 'A note has 4000 characters at most.'],
    ['a script for an issue', { issueUrl: 'javascript:alert(1)' }, 'must be a web address'],
    ['words for an issue', { issueUrl: 'see the tracker' }, 'must be a web address'],
    ['an address that is too long', { issueUrl: `https://example.org/${'x'.repeat(2000)}` }, '2000 characters at most'],
    ['a state that there is not', { state: 'solved' }, 'Choose one of the states.'],
    ['a cause that there is not', { key: 'gone' }, 'This cause is no longer known.'],
  ])('refuses %s', async (_, wrong, words) => {
    const db = await withEntry()
    const refused = await changeTriage({ key: 'magma', version: 0, ...wrong }, ADA, db)
    expect(refused).toMatchObject({ changed: false, message: expect.stringContaining(words) })
    expect(await entryOf(db)).toMatchObject({ version: 0, who: null })
  })

  it('takes a note of the full length, and drops what a database cannot keep', async () => {
    const db = await withEntry()
    const note = 'ä'.repeat(NOTE_MAX)
    expect(await changeTriage({ key: 'magma', version: 0, note: `${note}\0` }, ADA, db)).toMatchObject({
      changed: true,
    })
    expect(await entryOf(db)).toMatchObject({ note })
  })
})

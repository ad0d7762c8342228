import { expect, it } from 'vitest'
import { type LogParams, LogParamsSchema, LogSchema } from '@/lib/contract/log'
import type { Db } from '@/lib/db/client'
import { packLines } from '@/lib/db/log-chunk'
import { logExcerpt } from '@/lib/domain/log-excerpt'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readLog } from './log'
import { readLogExcerpts } from './log-excerpt'

const MAGMA = '/nix/store/5fkbl7gcmhk9vv4y2ch2m3zqf1ia4pkk-magma-2.6.2.drv'
const TORCH = '/nix/store/6fkbl7gcmhk9vv4y2ch2m3zqf1ia4pkk-torch-1.11.0.drv'
const RED = '\u001b[31merror: unsupported\u001b[m'

interface StoredLog {
  readonly derivation?: string
  readonly logId?: string
  readonly numbers: readonly number[]
  readonly textOf?: (number: number) => string
  readonly fetchedMs?: number
}

/** Stores a log as a sync would, ten lines to a chunk. */
async function store(db: Db, { derivation = MAGMA, logId = 'log-1', fetchedMs = 1_000, ...log }: StoredLog) {
  const lines = log.numbers.map((number) => ({ number, text: log.textOf?.(number) ?? `line ${number}` }))
  const { id } = await db.log.create({
    data: {
      ...{ derivation, logId, source: 'ci', state: 'done', lineCount: lines.length },
      lastNumber: lines.at(-1)?.number ?? 0,
      excerpt: JSON.stringify(logExcerpt(lines)),
      fetchedMs: BigInt(fetchedMs),
    },
  })
  for (let from = 0; from < lines.length; from += 10) {
    const chunk = lines.slice(from, from + 10)
    const bounds = { firstNumber: chunk[0]?.number ?? 0, lastNumber: chunk.at(-1)?.number ?? 0 }
    const packed = packLines(chunk.map(({ number, text }) => [number, text]))
    await db.logChunk.create({ data: { log: id, ...bounds, lines: packed } })
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describeOnBothDatabases('The log of a derivation', (fresh) => {
  const read = async (db: Db, params: Partial<LogParams> = {}, derivation = MAGMA) => {
    const log = await readLog(derivation, LogParamsSchema.parse(params), { db })
    return log === null ? null : LogSchema.parse(log)
  }
  const numbersOf = (log: Awaited<ReturnType<typeof read>>) => log?.lines.map(({ number }) => number)

  it('is read page by page, each line once', async () => {
    const db = await fresh()
    await store(db, { numbers: upTo(47) })
    const seen: number[] = []
    for (let from: number | null = 1; from !== null; ) {
      const page = await read(db, { from, limit: 15 })
      seen.push(...(numbersOf(page) ?? []))
      from = page?.next ?? null
    }
    expect(seen).toEqual(upTo(47))
  })

  it('may leave numbers out', async () => {
    const db = await fresh()
    await store(db, { numbers: [1, 2, 900, 901] })
    expect(await read(db, { from: 3, limit: 1 })).toMatchObject({ lines: [{ number: 900 }], next: 901, lineCount: 4 })
    expect(await read(db, { from: 902 })).toMatchObject({ lines: [], next: null, lastNumber: 901 })
  })

  it('is plain text, with pieces where it has colours', async () => {
    const db = await fresh()
    await store(db, { numbers: [1, 2], textOf: (number) => (number === 1 ? '<b>plain</b>' : RED) })
    expect((await read(db))?.lines).toMatchObject([
      { text: '<b>plain</b>', spans: null },
      { text: 'error: unsupported', spans: [{ text: 'error: unsupported', color: 'red' }] },
    ])
  })

  it('is searched whole, whatever page is read, in upper and lower case alike', async () => {
    const db = await fresh()
    await store(db, { numbers: upTo(40), textOf: (number) => (number % 13 === 0 ? RED : 'fine') })
    const log = await read(db, { limit: 5, q: 'ERROR: UN' })
    expect([numbersOf(log), log?.matches]).toEqual([upTo(5), [13, 26, 39]])
    expect((await read(db, { q: '[31m' }))?.matches).toEqual([])
    expect((await read(db))?.matches).toBeNull()
  })

  it('tells why it failed', async () => {
    const db = await fresh()
    await store(db, { numbers: upTo(3), textOf: () => RED })
    expect(await read(db)).toMatchObject({
      ...{ state: 'done', source: 'ci', logId: 'log-1', fetchedAt: '1970-01-01T00:00:01.000Z' },
      excerpt: { firstError: 1, verdict: 'found' },
    })
  })

  it('is that of the newest attempt', async () => {
    const db = await fresh()
    await store(db, { numbers: [1], logId: 'new', fetchedMs: 1 })
    await store(db, { numbers: [1, 2], logId: 'old', fetchedMs: 2 })
    expect(await read(db)).toMatchObject({ logId: 'old' })
    const derivation = { path: MAGMA, name: 'magma', version: '2.6.2', status: 0, logId: 'new' }
    await db.derivation.create({ data: derivation })
    expect(await read(db)).toMatchObject({ logId: 'new' })
  })

  it('is unread where the derivation is known, and nothing where it is not', async () => {
    const db = await fresh()
    await db.derivation.create({ data: { path: TORCH, name: 'torch', version: '1.11.0', status: 0 } })
    await db.cause.create({
      data: { evaluationId: 1, attributeId: 1, position: 0, derivation: MAGMA, name: 'm', status: 0 },
    })
    expect(await read(db, {}, TORCH)).toMatchObject({ state: 'unread', lines: [], matches: null })
    expect(await read(db, { q: 'x' })).toMatchObject({ state: 'unread', matches: [] })
    expect(await read(db, {}, '/nix/store/nothing\0')).toBeNull()
  })

  it('lends its excerpt to lists, the one read last where there are several', async () => {
    const db = await fresh()
    await store(db, { numbers: [1], textOf: () => 'a.c:1:1: error: before', fetchedMs: 1 })
    await store(db, { numbers: [1], textOf: () => 'a.c:1:1: error: now', fetchedMs: 2, logId: 'log-2' })
    const excerpts = await readLogExcerpts(db, [MAGMA, TORCH, MAGMA])
    expect([...excerpts.keys()]).toEqual([MAGMA])
    expect(excerpts.get(MAGMA)?.lines[0]?.text).toBe('a.c:1:1: error: now')
  })
})

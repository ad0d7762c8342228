import type { ServerResponse } from 'node:http'
import { beforeEach, expect, it } from 'vitest'
import { binaryCache } from '@/lib/caches/binary-cache'
import { cachixCache } from '@/lib/caches/cachix'
import type { QuestionKind } from '@/lib/caches/count-questions'
import type { Db } from '@/lib/db/client'
import { presenceOfCode } from '@/lib/domain/presence'
import { door, serve } from '@/lib/net/loopback'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { questionTally } from './question-tally'
import { startSync } from './start-sync'
import { adaptersOf, builds, drv, outputOf, scriptedWorld } from './testing/scripted-world'
import { cacheFile, PUBLIC_KEY, scriptedConfig } from './testing/sync-once'

const OTHER_KEY = 'key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const HOUR_MS = 3_600_000
const UNSIGNED = `StorePath: ${outputOf(drv('torch'))}
URL: nar/x.nar
Compression: none
NarHash: sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73
NarSize: 10
References: 
`

type Mode = 'alive' | 'forbidden' | 'broken' | 'private' | 'html' | 'silent'

let mode: Mode = 'alive'
let keys: unknown = [PUBLIC_KEY]
let now = new Date()
beforeEach(() => {
  mode = 'alive'
  keys = [PUBLIC_KEY]
  now = new Date('2026-01-05T12:00:00Z')
})

const STATUS: Partial<Record<Mode, number>> = { forbidden: 403, broken: 500, private: 401 }

/** The files of the cache and the API of its service, at one address, in the mode that it is in. */
function answer(url: string, response: ServerResponse): void {
  const status = STATUS[mode]
  if (mode === 'silent') return
  if (status !== undefined) return void response.writeHead(status).end('no')
  if (mode === 'html') return void response.end('<!DOCTYPE html><html><body>Moved to a better place</body></html>')
  if (url === '/nix-cache-info') return void response.end('StoreDir: /nix/store\nWantMassQuery: 1\nPriority: 41\n')
  if (url === '/api/v1/cache/bulk') {
    return void response.end(JSON.stringify({ name: 'bulk', uri: '', isPublic: true, publicSigningKeys: keys }))
  }
  if (url === '/api/v1/cache/bulk/narinfo') return void response.end('[]')
  response.end(UNSIGNED)
}

describeOnBothDatabases('Caches over the wire', (fresh) => {
  async function installation(kind: 'bulk' | 'plain' = 'bulk') {
    const db = await fresh()
    const address = await serve((request, response) => answer(request.url ?? '', response))
    const world = scriptedWorld([{ number: 1, results: builds({ torch: 'succeeded' }) }])
    const config = scriptedConfig({ caches: [cacheFile(kind)] })
    const questions = questionTally()
    const { request: ask } = door({ retries: 1 })
    const options = {
      ...{ id: kind, url: address, publicKeys: [PUBLIC_KEY] },
      request: (url: URL, how: object = {}) => ask(url, { ...how, timeoutMs: mode === 'silent' ? 50 : 30_000 }),
      onQuestion: (asked: QuestionKind) => questions.count(kind, asked),
    }
    const cache = kind === 'bulk' ? cachixCache({ ...options, name: 'bulk', api: address }) : binaryCache(options)
    const adapters = () => ({ ...adaptersOf(world, []), caches: [cache], questions })
    const sync = async (trigger: 'schedule' | 'command' = 'command') => {
      now = new Date(now.getTime() + HOUR_MS)
      const started = await startSync({ trigger, who: null }, { db, config, adapters, now: () => now })
      if (!started.started) throw new Error('another sync runs')
      return started.done
    }
    return { db, sync }
  }
  const stateOf = (db: Db) => db.cacheState.findFirst()
  const presenceOf = async (db: Db) => presenceOfCode((await db.presence.findFirstOrThrow()).presence)
  const keysOf = async (db: Db) => JSON.parse((await db.publishedKeys.findFirstOrThrow()).keys ?? 'null')

  it.each([
    ['forbidden', 'answered HTTP 403'],
    ['broken', 'answered HTTP 500'],
    ['private', 'answered HTTP 401'],
    ['html', expect.stringMatching(/page|HTML/i)],
    ['silent', 'no answer in time'],
  ] as const)(
    'that become %s are out of reach with that reason, keep what was known, and come back',
    async (to, reason) => {
      const { db, sync } = await installation()
      expect((await sync()).errors).toEqual([])
      expect(await stateOf(db)).toMatchObject({
        isAlive: true,
        priority: 41,
        wantMassQuery: true,
        storeDir: '/nix/store',
      })
      expect(await presenceOf(db)).toBe('untrusted')
      const aliveMs = BigInt(now.getTime())
      mode = to
      const { errors } = await sync()
      expect(errors.map(({ source }) => source)).toEqual(['bulk', 'bulk'])
      expect(await stateOf(db)).toMatchObject({
        isAlive: false,
        reason,
        priority: 41,
        aliveMs,
        sinceMs: BigInt(now.getTime()),
      })
      expect(await presenceOf(db)).toBe('unreachable')
      expect(await keysOf(db)).toEqual([PUBLIC_KEY])
      mode = 'alive'
      expect((await sync()).errors).toEqual([])
      expect(await stateOf(db)).toMatchObject({ isAlive: true, reason: null, sinceMs: BigInt(now.getTime()) })
      expect(await presenceOf(db)).toBe('untrusted')
      expect(await db.presence.findFirst()).toMatchObject({ reason: 'the narinfo is not signed', untrustedMs: aliveMs })
    },
  )

  it('have their published keys compared, whatever their order, and odd ones refused', async () => {
    const { db, sync } = await installation()
    await sync()
    keys = [OTHER_KEY, PUBLIC_KEY]
    await sync()
    keys = [PUBLIC_KEY, OTHER_KEY]
    await sync()
    expect(await keysOf(db)).toEqual([PUBLIC_KEY, OTHER_KEY])
    expect(await db.publishedKeysChange.count()).toBe(1)
    for (const odd of [
      'not a list',
      [7],
      Array.from({ length: 1000 }, (_, index) => `${index}`),
      ['x'.repeat(10_000)],
    ]) {
      keys = odd
      expect((await sync()).errors).toMatchObject([
        { source: 'bulk', address: expect.stringContaining('/api/v1/cache/bulk') },
      ])
    }
    expect(await keysOf(db)).toEqual([PUBLIC_KEY, OTHER_KEY])
    expect(await db.publishedKeysChange.count()).toBe(1)
  })

  it('have each question counted by the hour and why, retries too, and forgotten after two weeks', async () => {
    const { db, sync } = await installation()
    await sync('schedule')
    const counted = async () => {
      const rows = await db.cacheQuestion.findMany({ orderBy: [{ hour: 'asc' }, { kind: 'asc' }] })
      const hours = [...new Set(rows.map(({ hour }) => hour))]
      return hours.map((hour) =>
        rows.filter((row) => row.hour === hour).map(({ kind, count, isByPerson }) => `${count} ${kind} ${isByPerson}`),
      )
    }
    const first = ['1 bulk false', '1 health false', '1 keys false', '1 narinfo false']
    expect(await counted()).toEqual([first])
    mode = 'broken'
    await sync('command')
    expect(await counted()).toEqual([first, ['2 health true', '2 keys true']])
    now = new Date(now.getTime() + (14 * 24 - 1) * HOUR_MS)
    await sync('command')
    expect(await counted()).toEqual([
      ['2 health true', '2 keys true'],
      ['2 health true', '2 keys true'],
    ])
  })

  it('without a bulk question publish no keys and are asked for each path', async () => {
    const { db, sync } = await installation('plain')
    await sync()
    expect(await db.publishedKeys.count()).toBe(0)
    const asked = await db.cacheQuestion.findMany({ orderBy: { kind: 'asc' } })
    expect(asked.map(({ kind, count }) => [kind, count])).toEqual([
      ['health', 1],
      ['narinfo', 1],
    ])
  })
})

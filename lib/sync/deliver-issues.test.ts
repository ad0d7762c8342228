import { expect, it } from 'vitest'
import type { Db } from '@/lib/db/client'
import { statusCode } from '@/lib/domain/status'
import { createRequest } from '@/lib/net/request'
import { type GithubServer, githubServer } from '@/lib/receivers/testing/github-server'
import { CAUSE, sampleEvent } from '@/lib/receivers/testing/sample-event'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { renameIssues } from './cause-now'
import { notified, SECRET, START } from './testing/notified'

async function tracked(more: { branches?: string[] } = {}) {
  const github = Object.assign(await githubServer(), { token: SECRET })
  const place = { owner: 'o', name: 'n', tokenEnv: 'TOKEN', api: github.url, enabled: true }
  const file = { id: 'tracker', kind: 'github-issues' as const, ...place, ...more }
  return { github, world: notified([file], (now) => createRequest({ now })) }
}

const broke = (key: string, branch: string) => sampleEvent({ key, branch, atMs: START.getTime() })
const fixed = (key: string, branch: string) => sampleEvent({ key, branch, kind: 'fixed', atMs: START.getTime() })

/** What triage knows the cause to break. */
async function breaks(db: Db, ...branches: string[]): Promise<void> {
  await db.triageBlock.deleteMany()
  const cell = { row: 'pytorch', lane: '', derivation: '', name: CAUSE.name, evaluationId: 1 }
  for (const branch of branches) {
    const more = { key: CAUSE.key, branch, status: statusCode('failed'), isUndecided: false }
    await db.triageBlock.create({ data: { ...cell, ...more } })
  }
}

const stateOf = ({ issues }: GithubServer) =>
  issues.map(({ number, state, comments }) => [number, state, comments.length])

describeOnBothDatabases('The issue that a receiver keeps', (fresh) => {
  it('is closed when the cause breaks nothing on any branch, and opened again when it returns', async () => {
    const [db, { github, world }] = [await fresh(), await tracked()]
    await breaks(db, 'master', 'nixos-unstable')
    await world.enqueue(db, broke('a', 'master'), broke('b', 'nixos-unstable'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'open', 1]])
    await breaks(db, 'master')
    await world.enqueue(db, fixed('c', 'nixos-unstable'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'open', 2]])
    await breaks(db)
    await world.enqueue(db, fixed('d', 'master'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'closed', 3]])
    expect(await db.githubIssue.findMany()).toEqual([
      { receiver: 'tracker', cause: CAUSE.key, number: 7, isOpen: false },
    ])
    await breaks(db, 'master')
    await world.enqueue(db, broke('e', 'master'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'open', 4]])
  })

  it('is closed by who is told of some branches alone once those are well', async () => {
    const [db, { github, world }] = [await fresh(), await tracked({ branches: ['nixos-*'] })]
    await breaks(db, 'master', 'nixos-unstable')
    await world.enqueue(db, broke('a', 'nixos-unstable'), broke('b', 'master'))
    await breaks(db, 'master')
    await world.enqueue(db, fixed('c', 'nixos-unstable'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'closed', 1]])
  })

  it('is found again when its row was lost', async () => {
    const [db, { github, world }] = [await fresh(), await tracked()]
    await breaks(db, 'master')
    await world.enqueue(db, broke('a', 'master'))
    await world.deliver(db)
    await db.githubIssue.deleteMany()
    await world.enqueue(db, broke('b', 'nixos-unstable'))
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'open', 1]])
    expect(await db.githubIssue.count()).toBe(1)
  })

  it('is waited for as long as GitHub asks, and asked for no sooner', async () => {
    const [db, { github, world }] = [await fresh(), await tracked()]
    const resetMs = START.getTime() + 40 * 60_000
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetMs / 1000) }
    github.disturb = (_request, response) => {
      response.writeHead(403, headers).end('{}')
      return true
    }
    await world.enqueue(db, broke('a', 'master'))
    await world.deliver(db)
    github.disturb = null
    world.pass(40 * 60_000 - 1)
    await world.deliver(db)
    expect(github.requests).toHaveLength(1)
    world.pass(1)
    await world.deliver(db)
    expect(stateOf(github)).toEqual([[7, 'open', 0]])
  })

  it('is opened for root causes alone', async () => {
    const [db, { world }] = [await fresh(), await tracked()]
    const stale = { cause: null, packages: [], atMs: START.getTime() }
    await world.enqueue(db, sampleEvent({ key: 'a', kind: 'stale', ...stale }))
    expect(await db.delivery.count()).toBe(0)
  })

  it('follows its cause to another key, unless that has one', async () => {
    const db = await fresh()
    const issue = (receiver: string, cause: string, number: number) =>
      db.githubIssue.create({ data: { receiver, cause, number, isOpen: true } })
    await issue('x', 'old', 1)
    await issue('y', 'old', 2)
    await issue('y', 'new', 3)
    await renameIssues(db, 'old', 'new')
    expect(await db.githubIssue.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
      { receiver: 'x', cause: 'new', number: 1 },
      { receiver: 'y', cause: 'old', number: 2 },
      { receiver: 'y', cause: 'new', number: 3 },
    ])
  })
})

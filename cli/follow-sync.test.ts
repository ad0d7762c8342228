import { describe, expect, it } from 'vitest'
import type { SyncRun } from '@/lib/contract/sync'
import type { StartedSync, SyncOutcome } from '@/lib/sync/start-sync'
import { type FollowTools, followSync } from './follow-sync'

const outcome: SyncOutcome = { status: 'done', counts: { evaluations: 0, results: 0, checks: 0 }, errors: [] }
const input = { trigger: 'command', who: null } as const

function runOf(id: string, status: SyncRun['status'], done = 0): SyncRun {
  return {
    id,
    trigger: 'schedule',
    who: null,
    startedAt: '2026-11-23T12:00:00.000Z',
    finishedAt: status === 'running' ? null : '2026-11-23T12:01:00.000Z',
    status,
    progress: status === 'running' ? { stage: 'evaluations', source: 'a', done, total: 9 } : null,
    counts: { evaluations: done, results: 0, checks: 0 },
    errors: [],
  }
}

function toolsOf(given: Pick<FollowTools, 'start' | 'read'>) {
  const shown: number[] = []
  const foreign: string[] = []
  const tools: FollowTools = {
    ...given,
    pause: async () => {},
    progress: { show: (run) => void shown.push(run.progress?.done ?? -1), end: () => {} },
    onForeign: (_run, id) => void foreign.push(id),
  }
  return { tools, shown, foreign }
}

/** Gives one after the other, the last one for ever. */
function sequence<T>(...values: [T, ...T[]]): () => Promise<T> {
  let index = 0
  return async () => values[Math.min(index++, values.length - 1)] ?? values[0]
}

describe('followSync', () => {
  it('shows its own run until it has ended and returns what is stored of it', async () => {
    let settle = (_: SyncOutcome) => {}
    const done = new Promise<SyncOutcome>((resolve) => {
      settle = resolve
    })
    let looks = 0
    const { tools, shown, foreign } = toolsOf({
      start: async () => ({ started: true, id: 'own', done }),
      read: async () => {
        looks++
        if (looks === 3) settle(outcome)
        return looks < 4 ? runOf('own', 'running', looks) : runOf('own', 'done')
      },
    })

    expect(await followSync(input, tools)).toMatchObject({ id: 'own', status: 'done' })
    expect(shown.slice(0, 3)).toEqual([1, 2, 3])
    expect(foreign).toEqual([])
  })

  it('names a run of another process once and ends with its result', async () => {
    const { tools, shown, foreign } = toolsOf({
      start: sequence<StartedSync>({ started: false, id: 'other' }),
      read: sequence(
        runOf('other', 'running'),
        runOf('other', 'running', 4),
        runOf('other', 'running', 5),
        runOf('other', 'failed'),
      ),
    })

    expect(await followSync(input, tools)).toMatchObject({ id: 'other', status: 'failed' })
    expect(foreign).toEqual(['other'])
    expect(shown).toEqual([4, 5])
  })

  it('takes the place of a run that stands still because its process died', async () => {
    const { tools, foreign } = toolsOf({
      start: sequence<StartedSync>(
        { started: false, id: 'dead' },
        { started: false, id: 'dead' },
        { started: true, id: 'own', done: Promise.resolve(outcome) },
      ),
      read: async (id) => (id === 'own' ? runOf('own', 'done') : runOf('dead', 'running', 3)),
    })

    expect(await followSync(input, tools)).toMatchObject({ id: 'own', status: 'done' })
    expect(foreign).toEqual(['dead'])
  })
})

import { describe, expect, it } from 'vitest'
import type { SyncRun } from '@/lib/contract/sync'
import { lineProgress } from './progress'
import { printable } from './terminal'

function runAt(done: number, total: number, source: string | null = null): SyncRun {
  return {
    id: 'a',
    trigger: 'command',
    who: null,
    startedAt: '2026-11-23T12:00:00.000Z',
    finishedAt: null,
    status: 'running',
    progress: { stage: 'evaluations', source, done, total },
    counts: { evaluations: 0, results: 0, checks: 0 },
    errors: [],
  }
}

describe('lineProgress', () => {
  it('writes a line per quarter, not one per step', () => {
    const lines: string[] = []
    const progress = lineProgress((line) => lines.push(line))
    for (let done = 0; done <= 100; done++) progress.show(runAt(done, 100))

    expect(lines).toEqual([0, 25, 50, 75, 100].map((done) => `reading evaluations: ${done} of 100`))
  })

  it('says nothing twice, and nothing about a run that tells no progress', () => {
    const lines: string[] = []
    const progress = lineProgress((line) => lines.push(line))
    progress.show({ ...runAt(0, 0), progress: null })
    progress.show(runAt(0, 0, 'hydra'))
    progress.show(runAt(0, 0, 'hydra'))

    expect(lines).toEqual(['reading evaluations (hydra)'])
  })
})

describe('printable', () => {
  it('lets no text of others steer the terminal', () => {
    expect(printable('a\u001b[2Jb\r\nc\u009b31m\u202ed')).toBe('a [2Jb c 31m d')
  })
})

import { expect, it } from 'vitest'
import type { TriageEntry } from '@/lib/contract/triage'
import { type ChangeState, IDLE, typedOf, withOwnChange } from './change-state'

const ENTRY: TriageEntry = {
  ...{ id: 'magma', version: 3, kind: 'build', name: 'magma', system: null, blocks: 1, headlines: 0, flapping: 0 },
  ...{ branches: [], excerpt: null, state: 'new', note: 'seen', issueUrl: null, who: null, changedAt: null },
  ...{ openedAt: '2026-11-23T00:00:00.000Z', reopenedAt: null, reopened: 0, changes: 0, trail: [] },
}

function acknowledged(version: number): ChangeState {
  const said = { state: 'acknowledged', note: 'seen', issueUrl: null } as const
  return { status: 'saved', act: 'acknowledge', version, said }
}

it('What is typed on an entry goes on from one’s own change of it', () => {
  expect(withOwnChange(ENTRY, acknowledged(4))).toEqual({ ...ENTRY, state: 'acknowledged', version: 4 })
})

it('What somebody else changed in between is not taken for one’s own', () => {
  expect(withOwnChange(ENTRY, acknowledged(5))).toBe(ENTRY)
  expect(withOwnChange({ ...ENTRY, version: 4 }, acknowledged(4))).toMatchObject({ version: 4, state: 'new' })
})

it('Nothing is carried before anything was saved', () => {
  expect(withOwnChange(ENTRY, IDLE)).toBe(ENTRY)
  const refused = { act: 'note', message: 'no', version: 9, typed: typedOf(ENTRY), isSignedOut: false } as const
  expect(withOwnChange(ENTRY, { status: 'refused', ...refused })).toBe(ENTRY)
})

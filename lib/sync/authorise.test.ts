import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attempts } from './attempts'
import { admit } from './authorise'

const now = new Date('2026-11-23T12:00:00Z')
const adminToken = 'correct horse battery staple'

function door(attempts: Attempts = new Map()) {
  return (token: string, client = 'client', at = now) => admit(token, client, { now: at, adminToken, attempts }).kind
}

describe('admit', () => {
  it('admits the configured token and no other', () => {
    const attempts: Attempts = new Map()
    expect(door()(adminToken)).toBe('admitted')
    fc.assert(
      fc.property(fc.string(), (token) => {
        attempts.clear()
        expect(door(attempts)(token)).toBe(token === adminToken ? 'admitted' : 'wrong-token')
      }),
    )
  })

  it.each([undefined, ''])('admits nobody while the admin token is %j', (unset) => {
    for (const token of ['', 'undefined', adminToken]) {
      expect(admit(token, 'client', { now, adminToken: unset, attempts: new Map() })).toEqual({
        kind: 'not-configured',
      })
    }
  })

  it('refuses even the right token after ten wrong ones, until a quarter of an hour has passed', () => {
    const attempts: Attempts = new Map()
    const knock = door(attempts)
    for (let tries = 0; tries < 10; tries++) expect(knock('wrong')).toBe('wrong-token')

    expect(admit(adminToken, 'client', { now, adminToken, attempts })).toEqual({
      kind: 'too-many-tries',
      retryAt: new Date('2026-11-23T12:15:00Z'),
    })
    expect(knock(adminToken, 'client', new Date('2026-11-23T12:15:00Z'))).toBe('admitted')
  })

  it('counts each client for itself and forgets the wrong tries of one that got in', () => {
    const knock = door()
    for (let round = 0; round < 3; round++) {
      for (let tries = 0; tries < 9; tries++) knock('wrong')
      expect(knock(adminToken)).toBe('admitted')
    }
    for (let tries = 0; tries < 10; tries++) knock('wrong', 'guesser')
    expect(knock(adminToken, 'guesser')).toBe('too-many-tries')
    expect(knock(adminToken)).toBe('admitted')
  })

  it('remembers a bounded number of clients', () => {
    const attempts: Attempts = new Map()
    const knock = door(attempts)
    for (let client = 0; client < 10_100; client++) knock('wrong', String(client))
    expect(attempts.size).toBe(10_000)
  })
})

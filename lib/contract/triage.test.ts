import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TRIAGE_STATES } from '@/lib/domain/triage'
import { toCursor } from './cursor'
import { parseTriageQuery, toTriageQuery } from './triage'

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })

it('reads what it writes', () => {
  const params = fc.record({
    state: fc.uniqueArray(fc.constantFrom(...TRIAGE_STATES)),
    branch: fc.array(name, { maxLength: 3 }),
    limit: fc.integer({ min: 1, max: 500 }),
    offset: fc.nat(1000),
    after: fc.option(fc.constant(toCursor([1, 2, null, 'magma', 'abc']))),
  })
  fc.assert(
    fc.property(params, (wanted) => {
      expect(parseTriageQuery(toTriageQuery(wanted))).toEqual({ ok: true, params: wanted })
    }),
  )
})

it('writes nothing where nothing is asked', () => {
  const all = parseTriageQuery(new URLSearchParams())
  expect(all.ok && toTriageQuery(all.params).toString()).toBe('')
})

it.each([
  ['state=solved', 'Parameter "state" must be one of new, acknowledged'],
  ['limit=0', 'Parameter "limit" must be a whole number from 1 to 500'],
  ['branch=', 'Parameter "branch" must be a name of 1 to 200 characters'],
  ['status=new', 'There is no parameter "status"; known are state, branch, limit, offset, after'],
])('says of %s what to send instead', (query, words) => {
  expect(parseTriageQuery(new URLSearchParams(query))).toMatchObject({
    ok: false,
    title: expect.stringContaining(words),
  })
})

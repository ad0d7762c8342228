import fc from 'fast-check'
import { expect, it } from 'vitest'
import { causeActOf, placeAfter } from './cause-keys'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

it.each([
  ['j', 'next'],
  ['k', 'previous'],
  ['a', 'acknowledge'],
  ['n', 'note'],
  ['o', 'source'],
  ['l', 'log'],
])('takes %s for %s', (key, act) => {
  expect(causeActOf({ ...plain, key })).toBe(act)
})

it('leaves keys with a modifier, and all others, to the browser', () => {
  expect(causeActOf({ ...plain, key: 'a', ctrlKey: true })).toBeNull()
  expect(causeActOf({ ...plain, key: 'l', altKey: true })).toBeNull()
  expect(causeActOf({ ...plain, key: 'n', metaKey: true })).toBeNull()
  expect(causeActOf({ ...plain, key: 'A' })).toBeNull()
  expect(causeActOf({ ...plain, key: 'Enter' })).toBeNull()
})

it('never leaves the list, and begins at its first cause', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('next', 'previous'),
      fc.integer({ min: -1, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (act, from, count) => {
        const place = placeAfter(act, Math.min(from, count - 1), count)
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThan(count)
      },
    ),
  )
  expect(placeAfter('next', -1, 3)).toBe(0)
  expect(placeAfter('next', 0, 3)).toBe(1)
  expect(placeAfter('previous', 2, 3)).toBe(1)
})

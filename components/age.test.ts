import { expect, it } from 'vitest'
import { exactTime, groupedNumber } from './age'

it('tells the exact time in UTC, whatever the offset it came with', () => {
  expect(exactTime('2026-11-23T09:15:30.123Z')).toBe('2026-11-23 09:15 UTC')
})

it('groups digits by three with thin spaces', () => {
  expect([1, 999, 1000, 1234567].map(groupedNumber)).toEqual(['1', '999', '1\u202f000', '1\u202f234\u202f567'])
})

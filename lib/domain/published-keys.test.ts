import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyAlarms, keySet } from './published-keys'

const DAY_MS = 86_400_000
const [OLD, NEW] = ['cache-1:old=', 'cache-2:new=']
const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })

describe('keyAlarms', () => {
  it('is silent while exactly the configured keys are published, and while nothing was read', () => {
    const facts = { configured: [OLD], change: null, nowMs: 0 }
    expect(keyAlarms({ ...facts, published: [OLD] })).toEqual([])
    expect(keyAlarms({ ...facts, published: null })).toEqual([])
  })

  it('names a configured key that is not published, and a published one that is not configured', () => {
    expect(keyAlarms({ configured: [OLD], published: [NEW], change: null, nowMs: 0 })).toEqual([
      { kind: 'configured-not-published', keys: [OLD] },
      { kind: 'published-not-configured', keys: [NEW] },
    ])
  })

  it('tells a change until the configuration follows it, and for thirty days in any case', () => {
    const change = { atMs: 0, before: [OLD], after: [OLD, NEW] }
    const kinds = (configured: string[], days: number) =>
      keyAlarms({ configured, published: [OLD, NEW], change, nowMs: days * DAY_MS }).map(({ kind }) => kind)
    expect(kinds([OLD], 300)).toEqual(['changed', 'published-not-configured'])
    expect(kinds([OLD, NEW], 29)).toEqual(['changed'])
    expect(kinds([OLD, NEW], 31)).toEqual([])
  })

  it('knows neither order nor repeats', () => {
    fc.assert(
      fc.property(keys, keys, (configured, published) => {
        const facts = { change: null, nowMs: 0 }
        const once = keyAlarms({ ...facts, configured, published })
        const mixed = { configured: [...configured, ...configured].reverse(), published: [...published].reverse() }
        expect(keyAlarms({ ...facts, ...mixed })).toEqual(once)
        expect(once.length === 0).toBe(keySet(configured).join() === keySet(published).join())
      }),
    )
  })
})

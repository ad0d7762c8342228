import { describe, expect, it } from 'vitest'
import { unreadyWords } from './unready-words'

const NONE = { evicted: 0, untrusted: 0, missing: 0, unreachable: 0, unchecked: 0 }

describe('what is built and not ready', () => {
  it('is said by its reason, evicted first', () => {
    expect(unreadyWords({ ...NONE, missing: 1_234, evicted: 2 })).toBe('2 evicted, 1\u202f234 not cached')
  })

  it('is one sum where the caches say nothing, whether they refused or were not asked', () => {
    expect(unreadyWords({ ...NONE, unreachable: 3, unchecked: 4 })).toBe('7 cache unknown')
  })

  it('is nothing when everything built is ready', () => {
    expect(unreadyWords(NONE)).toBe('')
  })
})

import { describe, expect, it } from 'vitest'
import { parseSyncArguments } from './sync-arguments'

describe('parseSyncArguments', () => {
  it.each([
    [[], { kind: 'sync', source: undefined, full: false }],
    [['--full'], { kind: 'sync', source: undefined, full: true }],
    [['--source', 'hydra', '--full'], { kind: 'sync', source: 'hydra', full: true }],
    [['--source=hydra'], { kind: 'sync', source: 'hydra', full: false }],
    [['--help'], { kind: 'help' }],
    [['--full', '-h'], { kind: 'help' }],
  ])('reads %j', (args, expected) => {
    expect(parseSyncArguments(args)).toEqual(expected)
  })

  it.each([
    [['--sources', 'a']],
    [['hydra']],
    [['--source']],
    [['--source=']],
    [['--full=yes']],
    [['--source', '--full']],
  ])('refuses %j and says why', (args) => {
    expect(parseSyncArguments(args)).toEqual({ kind: 'wrong', reason: expect.stringMatching(/\w/) })
  })
})

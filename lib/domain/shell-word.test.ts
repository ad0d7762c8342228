import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellLine, shellWord } from './shell-word'

describe('A word of a shell', () => {
  it('is left as it is where nothing in it has a meaning', () => {
    expect(shellLine(['npins', 'add', '-b', 'nixos-24.05', 'a/b=c'])).toBe('npins add -b nixos-24.05 a/b=c')
  })

  it('is quoted where a shell would read something else', () => {
    expect(['a b', '$(id)', "it's", '', '~', '=x'].map(shellWord)).toEqual([
      "'a b'",
      "'$(id)'",
      "'it'\\''s'",
      "''",
      "'~'",
      "'=x'",
    ])
  })

  it('comes out of a real shell as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (word) => {
        expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word)
      }),
      { numRuns: 40 },
    )
  })
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseLock } from './lock'

const FIXTURES = new URL('../../../fixtures/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, FIXTURES), 'utf8')

const InputSchema = z.object({ ref: z.string().nullable(), rev: z.string(), lastModified: z.number() })
const { updates } = z
  .object({ updates: z.array(z.object({ commit: z.string(), inputs: z.record(z.string(), InputSchema) })) })
  .parse(JSON.parse(read('nixpkgs-unfree-locks.json')))

type Input = z.infer<typeof InputSchema>

function nodeOf({ ref, rev, lastModified }: Input) {
  const original = ref === null ? { id: 'nixpkgs', type: 'indirect' } : { owner: 'NixOS', ref, repo: 'nixpkgs' }
  return { locked: { lastModified, owner: 'NixOS', repo: 'nixpkgs', rev, type: 'github' }, original }
}

function lockOf(nodes: Record<string, unknown>, inputs: Record<string, string | string[]>): string {
  return JSON.stringify({ nodes: { ...nodes, root: { inputs } }, root: 'root', version: 7 })
}

function expected({ ref, rev, lastModified }: Input) {
  return { revision: rev, date: new Date(lastModified * 1000), ref, owner: 'NixOS', repo: 'nixpkgs' }
}

describe('parseLock on the real files', () => {
  it('reads the only input', () => {
    expect(parseLock(read('flake-locks/7c716cc.flake.lock'), 'nixpkgs')).toEqual({
      revision: 'aab655c5546fec7ad0cf68b20c1067ee0f8d485e',
      date: new Date(1649509751 * 1000),
      ref: null,
      owner: 'NixOS',
      repo: 'nixpkgs',
    })
  })

  it.each([
    ['01ef0b7', 'nixpkgs', '4f0a1d22454509f30bdcdf24182a03500308b498', 'master'],
    ['01ef0b7', 'nixpkgs-master', '4f0a1d22454509f30bdcdf24182a03500308b498', 'master'],
    ['01ef0b7', 'nixpkgs-nixos-unstable', '57610d2f8f0937f39dbd72251e9614b1561942d8', 'nixos-unstable'],
    ['01ef0b7', 'nixpkgs-release', 'a2e1d0414259a144ebdc048408a807e69e0565af', 'nixos-23.11'],
    ['ebb526d', 'nixpkgs', '890217570a9f6b293d896c64ecb24ab3ce8b5a20', 'master'],
    ['ebb526d', 'nixpkgs-nixpkgs-unstable', 'b69de56fac8c2b6f8fd27f2eca01dcda8e0a4221', 'nixpkgs-unstable'],
    ['ebb526d', 'nixpkgs-release', 'a3f9ad65a0bf298ed5847629a57808b97e6e8077', 'nixos-24.05'],
  ])('reads %s %s, following one that follows another', (file, input, revision, ref) => {
    expect(parseLock(read(`flake-locks/${file}.flake.lock`), input)).toMatchObject({ revision, ref })
  })

  it('says which inputs there are when the wanted one is not', () => {
    expect(parseLock(read('flake-locks/7c716cc.flake.lock'), 'nixpkgs-master')).toEqual({
      fault: 'flake.lock has no input "nixpkgs-master" (it has: nixpkgs)',
    })
  })
})

describe('parseLock on all 825 real updates', () => {
  it('has them all', () => {
    expect(updates).toHaveLength(825)
    expect(updates.flatMap(({ inputs }) => Object.keys(inputs)).length).toBeGreaterThan(825)
  })

  it('reads each input back exactly from a lock file that has it alone', () => {
    for (const { inputs } of updates) {
      for (const input of Object.values(inputs)) {
        expect(parseLock(lockOf({ nixpkgs: nodeOf(input) }, { nixpkgs: 'nixpkgs' }), 'nixpkgs')).toEqual(
          expected(input),
        )
      }
    }
  })

  it('reads each input back exactly from a lock file that has them all, node names differing from input names', () => {
    for (const { inputs } of updates) {
      const entries = Object.entries(inputs)
      const nodes = Object.fromEntries(entries.map(([name, input]) => [`${name}_3`, nodeOf(input)]))
      const direct = Object.fromEntries(entries.map(([name]) => [name, `${name}_3`]))
      const following = Object.fromEntries(entries.map(([name]) => [`as-${name}`, [name]]))
      const lock = lockOf(nodes, { ...direct, ...following })
      for (const [name, input] of entries) {
        expect(parseLock(lock, name)).toEqual(expected(input))
        expect(parseLock(lock, `as-${name}`)).toEqual(expected(input))
      }
    }
  })
})

describe('parseLock', () => {
  const node = nodeOf({ ref: 'master', rev: 'a'.repeat(40), lastModified: 1 })

  it('follows a path through another flake', () => {
    const lock = lockOf(
      { parts: { inputs: { lib: 'lib_2' } }, lib_2: node },
      { parts: 'parts', nixpkgs: ['parts', 'lib'] },
    )
    expect(parseLock(lock, 'nixpkgs')).toMatchObject({ revision: 'a'.repeat(40) })
  })

  it('ends on inputs that follow each other', () => {
    const lock = lockOf({}, { a: ['b'], b: ['a'] })
    expect(parseLock(lock, 'a')).toEqual({ fault: 'flake.lock has no input "a" (it has: a, b)' })
  })

  it('ends on inputs that follow each other twice over, forty deep', () => {
    const inputs = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`i${i}`, [`i${i + 1}`, `i${i + 1}`]]))
    expect(parseLock(lockOf({}, { ...inputs, i40: 'root' }), 'i0')).toHaveProperty('fault')
  })

  it('ends on a chain of inputs as long as a file can hold', () => {
    const inputs = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`i${i}`, [`i${i + 1}`]]))
    expect(parseLock(lockOf({}, inputs), 'i0')).toHaveProperty('fault')
  })

  it.each([
    ['an HTML page', '<html>'],
    ['nothing', ''],
    ['half a file', '{"nodes": {"root":'],
    ['a list', '[]'],
    ['no root', '{"nodes": {}}'],
    ['a root that is no node', '{"nodes": {}, "root": "gone", "version": 7}'],
    ['an input that is a number', '{"nodes": {"root": {"inputs": {"nixpkgs": 7}}}, "root": "root"}'],
    ['an input without node', lockOf({}, { nixpkgs: 'gone' })],
    ['a node that pins nothing', lockOf({ n: {} }, { nixpkgs: 'n' })],
    ['a node without revision', lockOf({ n: { locked: { lastModified: 1, type: 'path' } } }, { nixpkgs: 'n' })],
    ['a revision that is a name', lockOf({ n: { locked: { lastModified: 1, rev: 'master' } } }, { nixpkgs: 'n' })],
    [
      'a date out of all bounds',
      lockOf({ n: { locked: { lastModified: 1e300, rev: 'a'.repeat(40) } } }, { nixpkgs: 'n' }),
    ],
    ['a date that is text', lockOf({ n: { locked: { lastModified: '1', rev: 'a'.repeat(40) } } }, { nixpkgs: 'n' })],
  ])('has a fault in words for %s', (_case, text) => {
    expect(parseLock(text, 'nixpkgs')).toEqual({ fault: expect.stringMatching(/^flake\.lock /) })
  })

  it.each(['__proto__', 'constructor', 'toString', ''])('finds no input %j in an ordinary file', (input) => {
    expect(parseLock(lockOf({ n: node }, { nixpkgs: 'n' }), input)).toHaveProperty('fault')
  })

  it('answers or has a fault for any document, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (text, input) => {
        expect(parseLock(text, input)).toHaveProperty('fault')
      }),
    )
  })
})

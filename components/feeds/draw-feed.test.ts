import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atomFaults } from '@/lib/testing/atom'
import { drawFeed } from './draw-feed'
import { sampleEntry, sampleFeed, samplePlace } from './sample-feed'

/** The texts of elements of that name, in their order. */
const textsOf = (document: string, name: string) =>
  [...document.matchAll(new RegExp(`<${name}[^>]*>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`, 'g'))].map(
    ([, text = '']) => text,
  )

describe('A feed', () => {
  const fixed = { key: 'fixed-magma', kind: 'fixed' as const, before: null, atMs: Date.parse('2026-11-21T06:00:00Z') }
  const evicted = { key: 'gone', kind: 'evicted' as const, cause: null, evaluation: null, before: null }
  const stale = { key: 'old', kind: 'stale' as const, cause: null, packages: [], reasons: ['evaluation-old'] }
  const entries = [
    sampleEntry(fixed),
    sampleEntry({}, { excerpt: ['error: builder failed', '  nvcc fatal'] }),
    sampleEntry(evicted, { evaluation: null, before: null }),
    sampleEntry(stale, { before: null }),
    sampleEntry({ key: 'recovered', kind: 'recovered', cause: null, packages: [] }, { before: null }),
  ]
  const document = drawFeed(sampleFeed({ entries }))

  it('is valid by the grammar of RFC 4287, and a broken one is not', async () => {
    expect(await atomFaults(document)).toEqual([])
    expect(await atomFaults(drawFeed(sampleFeed({ entries: [] })))).toEqual([])
    expect(await atomFaults(document.replace(/<updated>[^<]*<\/updated>/, ''))).not.toEqual([])
    expect(await atomFaults(document.replace('<published>2026', '<published>last year'))).not.toEqual([])
  })

  it('keeps the rules that the grammar cannot say', () => {
    const ids = textsOf(document, 'id')
    expect(new Set(ids).size).toBe(entries.length + 1)
    for (const id of ids)
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(textsOf(document, 'author')).toHaveLength(1)
    expect(textsOf(document, 'content')).toHaveLength(entries.length)
    for (const time of [...textsOf(document, 'updated'), ...textsOf(document, 'published')]) {
      expect(new Date(time).toISOString()).toBe(time)
    }
    expect(document).toContain('<link rel="self" href="https://flakes.example.org/feed.atom"/>')
    expect(document).toContain('<link rel="alternate" href="https://flakes.example.org/"/>')
    for (const [, href = ''] of document.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\//)
  })

  it('gives an entry the same id in each feed, and another feed another one', () => {
    const other = drawFeed(sampleFeed({ entries, asked: { kind: 'branch', branch: 'nixos-unstable' }, subject: 'x' }))
    const [feed, ...entryIds] = textsOf(document, 'id')
    const [otherFeed, ...otherIds] = textsOf(other, 'id')
    expect(otherFeed).not.toBe(feed)
    expect(otherIds).toEqual(entryIds)
  })

  it('says what broke, where, since when and why, with links that lead on', () => {
    expect(textsOf(document, 'title')[2]).toBe(
      'pytorch and python3Packages.jax broke on nixos-unstable: magma-2.6.2 failed',
    )
    const content = textsOf(document, 'content')[1]
    for (const text of [
      '<a href="https://flakes.example.org/packages/pytorch">pytorch</a>, <a href="https://flakes.example.org/packages/python3Packages.jax">',
      `<a href="https://github.com/NixOS/nixpkgs/compare/${'1'.repeat(40)}...${'2'.repeat(40)}">`,
      '<a href="https://flakes.example.org/evaluations/eval-2">evaluation 2</a>, finished 2026-11-20 06:00 UTC',
      '<pre>error: builder failed\n  nvcc fatal\n</pre>',
      'magma-2.6.2.drv">Derivation and log</a>',
      '<a href="https://flakes.example.org/diff?from=eval-1&#38;to=eval-2">What changed</a>',
      '<a href="https://ci.example/2">At the source</a>',
    ]) {
      expect(content).toContain(text)
    }
  })

  it('says what it does not know', () => {
    const first = drawFeed(sampleFeed({ entries: [sampleEntry({ before: null }, { before: null })] }))
    expect(first).toContain('No evaluation before it is known that shows otherwise.')
    const repeated = { evaluation: samplePlace(2, { isSuperseded: true, at: null, nixpkgsRevision: null }) }
    expect(drawFeed(sampleFeed({ entries: [sampleEntry({}, repeated)] }))).toContain(
      'That evaluation was repeated since',
    )
  })

  it('says in which systems and variants alone a package breaks, and counts what is too much to list', () => {
    const packages = Array.from({ length: 70 }, (_, index) => `p${index}`)
    const partly = [{ package: 'p0', lanes: ['x86_64-linux cuda_11_5'] }]
    const large = drawFeed(sampleFeed({ entries: [sampleEntry({ packages, partly })] }))
    expect(large).toContain('p0</a> (only x86_64-linux cuda_11_5), ')
    expect(large).toContain('p59</a> and 10 more')
  })

  it('is valid and runs nothing whatever foreign names and logs hold', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ']]>]]><script>alert(1)</script>',
        '&lt;script&gt;&amp;',
        '"><img src=x onerror=alert(1)>',
        '\u0000\u001b[31m\ufffe\ud800',
      ),
    )
    // As it comes out of a database.
    const stored = hostile.map((text) => Buffer.from(text).toString())
    const entry = fc
      .record({ name: stored, cause: hostile, line: hostile, lane: hostile, reason: hostile })
      .map((one) =>
        sampleEntry(
          {
            packages: [one.name],
            cause: { key: 'k', name: one.cause, derivation: null, status: 'evaluation-failed' },
            partly: [{ package: one.name, lanes: [one.lane] }],
            reasons: [one.reason],
          },
          { excerpt: [one.line] },
        ),
      )
    await fc.assert(
      fc.asyncProperty(hostile, entry, async (subject, one) => {
        const feed = drawFeed(
          sampleFeed({ subject, title: subject, asked: { kind: 'package', package: 'p' }, entries: [one] }),
        )
        expect(await atomFaults(feed)).toEqual([])
        expect(feed).not.toMatch(/<(script|img)/)
      }),
      { numRuns: 15 },
    )
  })
})

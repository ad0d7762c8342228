import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Asking, ExplainedPath, Explanation } from '@/lib/contract/explain'
import type { Verdict } from '@/lib/domain/explain'
import { explainNotes } from './explain-notes'
import { ExplainResults } from './explain-results'

const NONE: Explanation['summary'] = {
  ...{ untrusted: 0, evicted: 0, 'not-built': 0, 'never-cached': 0, unreachable: 0, unchecked: 0 },
  ...{ 'other-variant': 0, 'other-revision': 0, cached: 0, 'not-in-set': 0 },
}

function pathOf(verdict: Verdict, name: string): ExplainedPath {
  return {
    ...{ path: `/nix/store/${'1'.repeat(32)}-${name}`, name, list: 'named', verdict },
    ...{ reason: `Reason of ${name}.`, next: `Next of ${name}.`, caches: [], status: null, rootCauses: [] },
    ...{ derivation: null, place: null, nearest: null, narSize: null, fileSize: null },
  }
}

function answerOf(paths: readonly ExplainedPath[], parts: Partial<Explanation> = {}): Explanation {
  const summary = { ...NONE }
  for (const { verdict } of paths) summary[verdict] += 1
  const announced = { build: null, fetch: null }
  return {
    generatedAt: '2026-11-23T00:00:00Z',
    total: paths.length,
    leftOut: 0,
    announced,
    summary,
    paths: [...paths],
    ...parts,
  }
}

const draw = (answer: Explanation) => renderToStaticMarkup(<ExplainResults answer={answer} asking={null} />)

describe('ExplainResults', () => {
  it('puts first what a reader can act on, and says how many there are of each', () => {
    const drawn = draw(answerOf([pathOf('not-in-set', 'mine'), pathOf('cached', 'a'), pathOf('evicted', 'b')]))
    expect(drawn).toContain('3 paths: 1 evicted, 1 cached, 1 not in this set.')
    expect(drawn.indexOf('Reason of b. Next of b.')).toBeLessThan(drawn.indexOf('Reason of mine.'))
  })

  it('folds long lists, and keeps every path', () => {
    const many = (verdict: Verdict) => Array.from({ length: 30 }, (_, index) => pathOf(verdict, `${verdict}-${index}`))
    const drawn = draw(answerOf([...many('not-in-set'), ...many('evicted')]))
    expect(drawn.match(/<li/g)).toHaveLength(60)
    expect(drawn).toContain('<summary class="py-1 font-semibold">30 not in this set</summary>')
    expect(drawn).toContain('<summary class="py-1 font-semibold">10 more</summary>')
  })

  it('shows markup in names and reasons as text', () => {
    const hostile = { ...pathOf('untrusted', '<b>x</b>'), reason: '<img src=x onerror=alert(1)>' }
    const drawn = draw(answerOf([hostile]))
    expect(drawn).not.toMatch(/<b>|<img/)
    expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
})

describe('explainNotes', () => {
  const asking = (state: Asking['state'], left = 0): Asking => ({ state, left, retryAt: '2026-11-23T08:15:00Z' })

  it.each<[Asking | null, RegExp | null]>([
    [null, /the caches were not asked now/],
    [asking('asked'), null],
    [asking('fresh'), null],
    [asking('asked', 7), /^7 paths are not checked yet/],
    [asking('late'), /take long to answer/],
    [asking('limited'), /ask again after 2026-11-23 08:15 UTC/],
  ])('of %j say %s', (given, expected) => {
    const [note] = explainNotes(answerOf([]), given)
    if (expected === null) expect(note).toBeUndefined()
    else expect(note).toMatch(expected)
  })

  it('tell what an answer leaves out', () => {
    const parts = { total: 700, leftOut: 3, announced: { build: 900, fetch: null } }
    const notes = explainNotes(answerOf([{ ...pathOf('cached', 'a'), list: 'build' }], parts), asking('asked'))
    expect(notes).toHaveLength(3)
    expect(notes[0]).toContain('The text names 700 paths; these are the first 1')
    expect(notes[1]).toContain('announces 900 paths to be built, and holds 700 of them')
    expect(notes[2]).toContain('3 store paths that the text names beside its lists')
  })
})

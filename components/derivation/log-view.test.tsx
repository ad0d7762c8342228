import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Log, LogSpan } from '@/lib/contract/log'
import { LogView } from './log-view'
import { markupText } from './testing/markup-text'

const HOSTILE = '</span><script>alert(1)</script>'
const PLAIN = { color: null, background: null, isBold: false, isDim: false, isItalic: false, isUnderlined: false }

const line = (number: number, text = `line ${number}`, spans: LogSpan[] | null = null) => ({ number, text, spans })

const whole: Log = {
  derivation: '/nix/store/4g7yjzpzj1rblvf8xi64pij364scz9px-magma-2.7.2.drv',
  ...{ state: 'done', source: 'ci', logId: 'l', fetchedAt: '2026-11-23T11:00:00.000Z', lineCount: 2, lastNumber: 2 },
  ...{ excerpt: null, lines: [line(1), line(2)], next: null, matches: null },
}

function markupOf(given: Partial<Log>, asked: { from?: number; q?: string } = {}): string {
  const log = { ...whole, ...given }
  const { from = 1, q = null } = asked
  const now = new Date('2026-11-23T12:00:00Z')
  const islands = { ask: <b>ASK</b>, steps: <b>STEPS</b>, wrap: <b>WRAP</b> }
  return renderToStaticMarkup(<LogView {...{ log, from, q, now, ...islands }} url="https://ci.example/log" />)
}

describe('LogView', () => {
  it('gives each line an anchor under the number of its source', () => {
    const markup = markupOf({ lines: [line(1), line(900)], lastNumber: 900 })
    expect(markup).toContain('<li id="L900"')
    expect(markup).toContain('href="#L900"')
    expect(markup.match(/data-gap/g)).toHaveLength(1)
  })

  it('names the looks of a piece and never writes a style', () => {
    const red: LogSpan = { ...PLAIN, text: 'error', color: 'bright-red', background: 'blue', isBold: true }
    const markup = markupOf({ lines: [line(1, 'error: no', [red, { ...PLAIN, text: ': no' }])] })
    expect(markup).toContain('<span data-color="bright-red" data-background="blue" data-bold="true">error</span>')
    expect(markup).toContain('<span>: no</span>')
    expect(markup).not.toContain('style=')
  })

  it('never lets a line become markup, with or without colours', () => {
    const markup = markupOf(
      { lines: [line(1, HOSTILE), line(2, HOSTILE, [{ ...PLAIN, text: HOSTILE }])], matches: [] },
      { q: '"><script>' },
    )
    expect(markup).not.toContain('<script')
    expect(markup.match(/&lt;\/span&gt;&lt;script&gt;/g)).toHaveLength(2)
  })

  it.each([
    ['unread', 'not read yet', true],
    ['reading', 'may go on', true],
    ['missing', 'has no log of this build', true],
    ['cut', 'lines are missing', false],
    ['done', 'The whole log.', false],
  ] as const)('says that a log is %s, and offers to ask where that may help', (state, words, isOffered) => {
    const text = markupText(markupOf({ state }))
    expect(text).toContain(words)
    expect(text.includes('ASK')).toBe(isOffered)
    expect(text).toContain('log at its source')
  })

  it('of which nothing is stored has nothing to search or wrap', () => {
    const text = markupText(markupOf({ state: 'unread', lines: [], lineCount: 0, lastNumber: 0, fetchedAt: null }))
    expect(text).toBe('Log This log was not read yet: nobody asked the source for it. ASK log at its source')
  })

  it('is paged by plain links that keep the search', () => {
    const lines = [line(1_001), line(2_000)]
    const markup = markupOf({ lines, lastNumber: 2_500, next: 2_001, matches: [1_001] }, { from: 1_001, q: 'a b' })
    for (const address of ['?q=a+b#log', '?from=2001&amp;q=a+b#log']) expect(markup).toContain(`.drv${address}"`)
    expect(markup).toContain('rel="prev"')
    expect(markupText(markup)).toContain('lines 1 001–2 000 of 2 500')
    expect(markupOf({})).not.toContain('<nav')
  })

  it('says so where a page lies behind the end', () => {
    expect(markupText(markupOf({ lines: [] }, { from: 5_000 }))).toContain('no line from 5 000 on')
  })

  it('marks lines that hold what is looked for, and links them, whatever page they are on', () => {
    const markup = markupOf({ matches: [2, 1_500] }, { q: 'line' })
    expect(markup.match(/data-match/g)).toHaveLength(1)
    expect(markup).toContain('.drv?from=1001&amp;q=line#L1500"')
    const text = markupText(markup)
    expect(text).toContain('2 lines hold it : 2 , 1500')
    expect(text).toContain('match: line 2')
    expect(text).toContain('STEPS')
  })

  it('says when nothing was found', () => {
    expect(markupText(markupOf({ matches: [] }, { q: 'x' }))).toContain('No line holds that text')
  })
})

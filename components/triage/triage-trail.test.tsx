import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { TriageChange } from '@/lib/contract/triage'
import { TriageTrail } from './triage-trail'

const now = new Date('2026-11-23T12:00:00Z')
const ENTRY = { name: 'magma', openedAt: '2026-11-20T12:00:00.000Z' }

const markupOf = (trail: readonly TriageChange[], changes = trail.length) =>
  renderToStaticMarkup(<TriageTrail entry={{ ...ENTRY, trail: [...trail], changes }} now={now} />)
const wordsOf = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

const CHANGED: TriageChange = {
  at: '2026-11-23T09:00:00.000Z',
  who: 'Ada',
  act: 'changed',
  fields: [
    { name: 'state', before: 'new', after: 'being-fixed' },
    { name: 'note', before: null, after: 'see <b>the log</b>' },
  ],
}

it('The trail says who changed what from what to what, as text, and what the sync found', () => {
  const at = '2026-11-23T10:00:00.000Z'
  const markup = markupOf([
    { at, who: null, act: 'reopened', fields: [{ name: 'state', before: 'being-fixed', after: 'new' }] },
    { at, who: null, act: 'closed', fields: [] },
    CHANGED,
  ])
  const words = wordsOf(markup)
  expect(words).toMatch(/History \( ?3 ?\)/)
  expect(words).toMatch(/2 h ago : the sync saw it come back , state being fixed → to new/)
  expect(words).toMatch(/2 h ago : the sync found it gone/)
  expect(words).toMatch(/3 h ago : Ada , state new → to being fixed , note none → to “see &lt;b&gt;the log&lt;\/b&gt;”/)
  expect(words).toMatch(/3 d ago : the sync saw it first $/)
  expect(markup).not.toContain('<b>')
})

it('The trail counts the lines that it does not show', () => {
  expect(wordsOf(markupOf([CHANGED], 23))).toContain('22 older ones are kept in the database')
})

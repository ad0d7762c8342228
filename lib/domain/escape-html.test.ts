import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeHtml } from './escape-html'

const SIGNS = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
] as const

it('leaves no sign that ends a text or an attribute, and reads back as what it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", 'a', 'lt;', '#39;') }), (text) => {
      const escaped = escapeHtml(text)
      expect(escaped).not.toMatch(/[<>"']/)
      expect(SIGNS.reduce((read, [entity, sign]) => read.replaceAll(entity, sign), escaped)).toBe(text)
    }),
  )
})

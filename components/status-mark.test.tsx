import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { MARKS } from '@/lib/domain/cell-word'
import { StatusMark } from './status-mark'

it('draws every status in a shape of its own, so that colour is never the only sign', () => {
  const shapes = MARKS.map((mark) => renderToStaticMarkup(<StatusMark mark={mark} />).replace(/data-mark="[^"]*"/, ''))
  expect(new Set(shapes).size).toBe(MARKS.length)
})

it('is silent to screen readers, because its word stands beside it', () => {
  expect(renderToStaticMarkup(<StatusMark mark="failed" />)).toContain('aria-hidden="true"')
})

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { openApiDocument } from '@/lib/contract/openapi/document'
import { OPERATIONS } from '@/lib/contract/openapi/operations'
import { toReference } from '@/lib/contract/openapi/reference'
import { ApiReference } from './api-reference'

const reference = toReference(openApiDocument({ title: 'Flakeboard', url: 'https://flakes.example.org' }))
const markup = renderToStaticMarkup(<ApiReference reference={reference} />)

it('shows every operation, and leads nowhere that is not on the page', () => {
  for (const { on } of OPERATIONS) expect(markup).toContain(`aria-label="Copy the example of ${on}"`)
  const ids = new Set([...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
  const links = [...markup.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
  expect(links.length).toBeGreaterThan(100)
  expect(links.filter((link) => !ids.has(link))).toEqual([])
})

it('gives no two places the same id', () => {
  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
  expect(ids.length).toBe(new Set(ids).size)
})

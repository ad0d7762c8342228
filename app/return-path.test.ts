import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toReturnPath } from './return-path'

describe('toReturnPath', () => {
  it.each(['/', '/sync', '/packages/a%2Fb?branch=master'])('keeps our own path %s', (path) => {
    expect(toReturnPath(path)).toBe(path)
  })

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/..//elsewhere.example',
    '/sync/../\\elsewhere.example',
    'javascript:alert(1)',
    'sync',
    '',
    null,
    undefined,
    ['/'],
  ])('does not follow %j', (path) => {
    expect(toReturnPath(path)).toBe('/sync')
  })

  it('never leaves this site', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((rest) => `/${rest}`),
        ),
        (wanted) => {
          const target = new URL(toReturnPath(wanted), 'http://ours.example')
          expect(target.origin).toBe('http://ours.example')
        },
      ),
    )
  })
})

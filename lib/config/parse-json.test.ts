import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) })
      }),
    )
  })

  it('never takes for JSON what is none, and tells one fault', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\n', '//', '\\', '0', '\u0001'))
      .map(([text, at, extra]) => `${text.slice(0, at % text.length)}${extra}${text.slice((at % text.length) + 1)}`)
      .filter((text) => !isJson(text))
    fc.assert(
      fc.property(broken, (text) => {
        expect(parseJson(text)).toEqual({ faults: [expect.stringMatching(/: expected .+, found .+/)] })
      }),
    )
  })
})

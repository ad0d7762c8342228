import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogSpanSchema } from '@/lib/contract/log'
import { plainText, styledText } from '@/lib/domain/log-text'
import { styledSpans } from './styled-spans'

const ESC = '\u001b'
const plain = { color: null, background: null, isBold: false, isDim: false, isItalic: false, isUnderlined: false }

describe('styledSpans', () => {
  it('names what a compiler colours, and ends it where the compiler does', () => {
    expect(styledSpans(`${ESC}[01;31m[ERROR]${ESC}[m nvcc fatal`)).toEqual([
      { ...plain, text: '[ERROR]', color: 'red', isBold: true },
      { ...plain, text: ' nvcc fatal' },
    ])
  })

  it.each([
    ['a bright one', '97;44', 'bright-white', 'blue'],
    ['one of the palette', '38;5;196', 'red', null],
    ['a grey of the palette', '38;5;232', 'black', null],
    ['any other', '38;2;1;2;200', 'blue', null],
    ['one that is not finished', '38;2;1', null, null],
  ])('knows %s by the nearest name', (_, code, color, background) => {
    const [span] = styledSpans(`${ESC}[1;${code}mx`) ?? []
    expect(span).toMatchObject({ color, background })
  })

  it.each(['no look at all', `${ESC}[0mreset only`, ''])('has none for %j', (line) => {
    expect(styledSpans(line)).toBeNull()
  })

  it('leaves markup the text that it is', () => {
    expect(styledSpans(`${ESC}[1m<script>&amp;`)).toEqual([{ ...plain, text: '<script>&amp;', isBold: true }])
  })

  const code = fc.array(fc.nat({ max: 300 }), { maxLength: 6 }).map((numbers) => `${ESC}[${numbers.join(';')}m`)
  it('says the same as the plain text, in pieces that the contract knows', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(code, fc.string({ unit: 'binary' }))), (pieces) => {
        const line = styledText(pieces.join(''))
        const spans = styledSpans(line)
        if (spans === null) return
        expect(spans.map(({ text }) => text).join('')).toBe(plainText(line))
        for (const span of spans) LogSpanSchema.parse(span)
      }),
    )
  })
})

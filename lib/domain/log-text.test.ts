import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builderText, plainText, styledText } from './log-text'

const ESC = '\u001b'
const piece = fc.constantFrom(
  ESC,
  `${ESC}[`,
  `${ESC}]`,
  '\u0007',
  '\u009b',
  '1;31m',
  'm',
  'K',
  '\\',
  'P',
  '\r',
  'error: x',
  ' ',
  '\u202e',
)
const anyLine = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece).map((pieces) => pieces.join('')),
)

describe('plainText', () => {
  it.each([
    ['colours', `${ESC}[01;31m[ERROR]${ESC}[0m nvcc fatal`, '[ERROR] nvcc fatal'],
    ['erasing and links', `${ESC}[K${ESC}]8;;https://gcc.gnu.org${ESC}\\-Wall${ESC}]8;;\u0007`, '-Wall'],
    ['a title that never ends: its text stays', `${ESC}]0;make error`, '0;make error'],
    ['a control sequence that never ends', `${ESC}[12`, '12'],
    ['character sets', `${ESC}(Bdone`, 'done'],
    ['carriage returns', '10%\r20%\r', '10% 20% '],
    ['characters that turn the direction', 'a\u202eb', 'ab'],
    ['markup, which is text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['tabs, which stay', '\tx\u0000', '\tx'],
  ])('takes out %s', (_, line, text) => {
    expect(plainText(line)).toBe(text)
  })

  it('leaves no control character, whatever the line', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect([...plainText(line)].filter((character) => character !== '\t' && character < ' ')).toEqual([])
        expect(plainText(line)).not.toMatch(/[\u007f-\u009f]/)
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(plainText(plainText(line))).toBe(plainText(line))
      }),
    )
  })
})

describe('styledText', () => {
  it('keeps what sets colour and weight, and nothing else', () => {
    expect(styledText(`${ESC}[01m${ESC}[Kmany.c:${ESC}[m${ESC}[K x\u0007`)).toBe(`${ESC}[01mmany.c:${ESC}[m x`)
  })

  it('says the same as the plain text', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(plainText(styledText(line))).toBe(plainText(line))
      }),
    )
  })
})

describe('builderText', () => {
  it.each([
    ['       > make: *** [all] Error 1', 'make: *** [all] Error 1'],
    ['google.com>        error: unable', '       error: unable'],
    ['terminal-size-x86_64> > x', 'x'],
    ['a > b', 'a > b'],
    ['if (x > 1)', 'if (x > 1)'],
  ])('of %j is %j', (line, text) => {
    expect(builderText(line)).toBe(text)
  })
})

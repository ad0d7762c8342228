import 'server-only'
import Anser from 'anser'
import { LOG_COLORS, type LogColor, type LogSpan } from '@/lib/contract/log'
import { plainText } from '@/lib/domain/log-text'

const ESC = '\u001b'

/**
 * A kept line of a log as pieces that look the same all over; null where nothing in it has a look of its own. Each line
 * begins plain: a colour that a builder forgot to end does not run on, and a line looks the same wherever a page begins.
 */
export function styledSpans(line: string): LogSpan[] | null {
  if (!line.includes(ESC)) return null
  const parsed = Anser.ansiToJson(line, { json: true, use_classes: true, remove_empty: true })
  const spans = parsed.map(toSpan).filter(({ text }) => text !== '')
  return spans.every(isPlain) ? null : spans
}

type Parsed = ReturnType<typeof Anser.ansiToJson>[number]

function toSpan({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }: Parsed): LogSpan {
  return {
    text: plainText(content),
    color: toColor(fg, fg_truecolor),
    background: toColor(bg, bg_truecolor),
    isBold: decorations.includes('bold'),
    isDim: decorations.includes('dim'),
    isItalic: decorations.includes('italic'),
    isUnderlined: decorations.includes('underline'),
  }
}

function isPlain({ text: _, ...look }: LogSpan): boolean {
  return Object.values(look).every((value) => value === null || value === false)
}

/** The parser's word for a colour: `ansi-red`, `ansi-palette-200`, or `ansi-truecolor` beside `red, green, blue`. */
function toColor(word: string | null, truecolor: string | null): LogColor | null {
  if (word === null) return null
  const name = word.replace(/^ansi-/, '')
  if (name === 'truecolor') return nearest((truecolor ?? '').split(',').map(Number))
  const palette = /^palette-(\d+)$/.exec(name)?.[1]
  if (palette !== undefined) return nearest(paletteColor(Number(palette)))
  return LOG_COLORS.find((color) => color === name) ?? null
}

/** Red, green and blue of the 216 colours and 24 greys behind the first 16 of the palette that terminals share. */
function paletteColor(index: number): readonly number[] {
  if (index >= 232) return Array.from({ length: 3 }, () => 8 + (index - 232) * 10)
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]
}

// A page names its colours, once for light and once for dark: any other one becomes the nearest that has a name.
const NAMED: readonly (readonly [LogColor, readonly number[]])[] = LOG_COLORS.map((color, index) => {
  const level = index >= 8 ? 255 : 187
  const part = (bit: number) => ((index % 8) & bit ? level : index >= 8 ? 85 : 0)
  return [color, [part(1), part(2), part(4)]]
})

function nearest(rgb: readonly number[]): LogColor | null {
  let best: { color: LogColor; distance: number } | null = null
  for (const [color, parts] of NAMED) {
    const distance = parts.reduce((sum, part, index) => sum + (part - (rgb[index] ?? Number.NaN)) ** 2, 0)
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { color, distance }
  }
  return best?.color ?? null
}

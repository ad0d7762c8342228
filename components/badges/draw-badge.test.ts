import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { BADGE_STYLES, type Badge, ShieldsEndpointSchema } from '@/lib/contract/badge'
import { TONE_COLORS } from '@/lib/domain/badge'
import { plainText } from '@/lib/domain/plain-text'
import { drawBadge, toShieldsEndpoint } from './draw-badge'

const HOSTILE = `"><script>alert(1)</script>&amp;'\u0000\u001b]]>\ud800<!--🐍`
const PLAIN = { style: null, label: null } as const

const badge: Badge = { label: 'pytorch', message: 'passing', tone: 'good', isError: false, grid: null }
const matrix: Badge = {
  ...badge,
  label: 'build status',
  message: 'passing on 1 of 4',
  tone: 'part',
  grid: {
    branches: ['master', 'nixos-unstable'],
    rows: [
      { name: 'pytorch', badges: [place('broken dependency', 'bad'), place('passing', 'good')] },
      { name: 'blender', badges: [place('stale 5 d', 'idle'), place('building', 'busy')] },
    ],
    more: 3,
  },
}

function place(word: string, tone: Badge['tone']) {
  return { word, tone }
}

async function faultsOf(svg: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'badge.svg', contents: svg }], normalization: 'format' })
  return errors.map(({ message }) => message)
}

describe('drawBadge', () => {
  it.each(BADGE_STYLES)('in the style %s says its text to a screen reader', async (style) => {
    const svg = drawBadge(badge, { style, label: null })
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]*passing"[^>]*><title>[^<]*passing<\/title>/i)
    expect(await faultsOf(svg)).toEqual([])
  })

  it('shows the colour of its tone, and no green but that of good', () => {
    expect(drawBadge(badge, PLAIN)).toContain(TONE_COLORS.good)
    expect(drawBadge({ ...badge, tone: 'idle' }, PLAIN)).not.toContain(TONE_COLORS.good)
  })

  it('has the label that is wished for, or none', () => {
    expect(drawBadge(badge, { style: null, label: 'torch' })).toContain('<title>torch: passing</title>')
    expect(drawBadge(badge, { style: null, label: '' })).toContain('<title>passing</title>')
    expect(drawBadge(matrix, { style: null, label: '' })).toContain('<title>passing on 1 of 4</title>')
  })

  it('of a matrix says every place in words, and what is left out', async () => {
    const svg = drawBadge(matrix, PLAIN)
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="build status: passing on 1 of 4" aria-describedby="places">/)
    expect(svg).toContain('<title>build status: passing on 1 of 4</title>')
    expect(svg).toContain(
      '>pytorch: master broken dependency, nixos-unstable passing. blender: master stale 5 d, nixos-unstable building. and 3 more.<',
    )
    expect(svg.match(/<text /g)).toHaveLength(3 + 6 + 1)
    expect(await faultsOf(svg)).toEqual([])
  })

  it('of a matrix draws each place within the image and beside the others', () => {
    const svg = drawBadge(matrix, { style: 'flat-square', label: null })
    const [width = 0, height = 0] = [...svg.matchAll(/^<svg [^>]*width="(\d+)" height="(\d+)"/g)].flatMap((found) =>
      found.slice(1).map(Number),
    )
    const rects = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="0"/g)].map((found) =>
      found.slice(1).map(Number),
    )
    expect(rects).toHaveLength(10)
    expect(Math.max(...rects.map(([x = 0, , w = 0]) => x + w))).toBe(width)
    expect(Math.max(...rects.map(([, y = 0, , h = 0]) => y + h))).toBe(height)
    expect(new Set(rects.map(([x, y]) => `${x} ${y}`)).size).toBe(10)
  })

  it('is a well-formed document without a script, whatever its texts are', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((one) => plainText(one, 60))
    expect(await faultsOf('<svg><text>&</svg>')).not.toEqual([])
    const texts = [plainText(HOSTILE, 100), ...fc.sample(text, 30)]
    for (const [index, label] of texts.entries()) {
      const style = BADGE_STYLES[index % BADGE_STYLES.length] ?? null
      const grid = { branches: [label], rows: [{ name: label, badges: [place('passing', 'good')] }], more: 0 }
      for (const svg of [
        drawBadge({ ...badge, label }, { style, label }),
        drawBadge({ ...matrix, label, grid }, PLAIN),
      ]) {
        expect(svg).not.toContain('<script')
        expect(await faultsOf(svg), svg).toEqual([])
      }
    }
  })
})

describe('toShieldsEndpoint', () => {
  it('is what shields reads, with text as it is: JSON escapes for itself', () => {
    const label = plainText(HOSTILE, 100)
    const sent = JSON.parse(JSON.stringify(toShieldsEndpoint({ ...badge, isError: true }, { style: 'social', label })))
    expect(ShieldsEndpointSchema.parse(sent)).toEqual({
      ...{ schemaVersion: 1, label, message: 'passing', color: '#0a7a53', isError: true },
      ...{ style: 'social', cacheSeconds: 300 },
    })
    expect(ShieldsEndpointSchema.parse(toShieldsEndpoint(matrix, { style: null, label: '' }))).toMatchObject({
      ...{ label: '', message: 'passing on 1 of 4' },
    })
  })
})

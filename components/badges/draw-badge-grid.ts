import type { Badge, BadgeStyle } from '@/lib/contract/badge'
import { TONE_COLORS } from '@/lib/domain/badge'

export interface LabelledGrid extends Badge {
  readonly grid: NonNullable<Badge['grid']>
}

const ROW_PX = 20
const GAP_PX = 1
const LABEL_COLOR = '#555'
const ROUND_STYLES: ReadonlySet<BadgeStyle | null> = new Set([null, 'flat', 'plastic', 'social'])

/** Packages by branches as an SVG document. Its title sums up, its description says every place in words. */
export function drawBadgeGrid(badge: LabelledGrid, style: BadgeStyle | null): string {
  const { label, message, grid } = badge
  const heads = [label, ...grid.branches]
  const widths = heads.map((head, column) => Math.max(...[head, ...textsOf(grid, column)].map(widthOf)))
  const width = widths.reduce((sum, one) => sum + one + GAP_PX, -GAP_PX)
  const place = placesOf(widths, ROUND_STYLES.has(style) ? 3 : 0)
  const lines = grid.rows.map(({ name, badges }, row) =>
    [
      place({ row: row + 1, column: 0, text: name, color: LABEL_COLOR }),
      ...badges.map(({ word, tone }, column) =>
        place({ row: row + 1, column: column + 1, text: word, color: TONE_COLORS[tone] }),
      ),
    ].join(''),
  )
  const more =
    grid.more > 0
      ? [place({ row: grid.rows.length + 1, column: 0, text: moreWords(grid.more), color: LABEL_COLOR })]
      : []
  const height = (1 + lines.length + more.length) * (ROW_PX + GAP_PX) - GAP_PX
  const title = escapeXml(label === '' ? message : `${label}: ${message}`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" aria-label="${title}" aria-describedby="places">`,
    `<title>${title}</title><desc id="places">${escapeXml(placesInWords(grid))}</desc>`,
    '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-rendering="geometricPrecision">',
    heads.map((text, column) => place({ row: 0, column, text, color: LABEL_COLOR })).join(''),
    ...lines,
    ...more,
    '</g></svg>',
  ].join('')
}

interface Place {
  readonly row: number
  readonly column: number
  readonly text: string
  readonly color: string
}

function placesOf(widths: readonly number[], radius: number): (place: Place) => string {
  return ({ row, column, text, color }) => {
    const x = widths.slice(0, column).reduce((sum, one) => sum + one + GAP_PX, 0)
    const y = row * (ROW_PX + GAP_PX)
    const width = widths[column] ?? 0
    const rect = `<rect x="${x}" y="${y}" width="${width}" height="${ROW_PX}" rx="${radius}" fill="${color}"/>`
    if (text === '') return rect
    const middle = x + width / 2
    return `${rect}<text x="${middle}" y="${y + 14}" text-anchor="middle">${escapeXml(text)}</text>`
  }
}

function textsOf({ rows, more }: LabelledGrid['grid'], column: number): string[] {
  if (column > 0) return rows.map(({ badges }) => badges[column - 1]?.word ?? '')
  return [...rows.map(({ name }) => name), ...(more > 0 ? [moreWords(more)] : [])]
}

function moreWords(more: number): string {
  return `and ${more} more`
}

function placesInWords(grid: LabelledGrid['grid']): string {
  const sentences = grid.rows.map(({ name, badges }) => {
    const places = badges.map(({ word }, index) => `${grid.branches[index]} ${word}`)
    return `${name}: ${places.join(', ')}.`
  })
  return [...sentences, ...(grid.more > 0 ? [`${moreWords(grid.more)}.`] : [])].join(' ')
}

const PADDING_PX = 6
// Verdana at 11 px, each sign rather too wide than too narrow.
const NARROW = /[ .,:;'|!()[\]/ijlftrI-]/
const WIDE = /[mwMW@%\u0250-\u{10FFFF}]/u

function widthOf(text: string): number {
  const widths = [...text].map((sign) => (NARROW.test(sign) ? 5 : WIDE.test(sign) ? 12 : 7.5))
  return Math.ceil(widths.reduce((sum, one) => sum + one, 2 * PADDING_PX))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

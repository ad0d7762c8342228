import { makeBadge } from 'badge-maker'
import type { Badge, BadgeLook, ShieldsEndpoint } from '@/lib/contract/badge'
import { TONE_COLORS } from '@/lib/domain/badge'
import { drawBadgeGrid } from './draw-badge-grid'

type Look = Pick<BadgeLook, 'style' | 'label'>

/** A badge as an SVG document, whose accessible name is its text. */
export function drawBadge(badge: Badge, { style, label }: Look): string {
  const text = label ?? badge.label
  if (badge.grid !== null) return drawBadgeGrid({ ...badge, label: text, grid: badge.grid }, style)
  return makeBadge({ label: text, message: badge.message, color: TONE_COLORS[badge.tone], style: style ?? 'flat' })
}

/** A badge for shields.io, which draws it itself. */
export function toShieldsEndpoint(badge: Badge, { style, label }: Look): ShieldsEndpoint {
  return {
    schemaVersion: 1,
    label: label ?? badge.label,
    message: badge.message,
    color: TONE_COLORS[badge.tone],
    isError: badge.isError,
    ...(style !== null && { style }),
    cacheSeconds: 300,
  }
}

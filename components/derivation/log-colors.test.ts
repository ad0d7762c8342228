import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LOG_COLORS } from '@/lib/contract/log'

const CONTRAST_MIN = 4.5
const logStyles = readFileSync('app/styles/log.css', 'utf8')
const styles = readFileSync('app/globals.css', 'utf8') + logStyles

/** The light and the dark value of a variable. */
function valuesOf(name: string): readonly [string, string] {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(styles) ?? []
  if (light === undefined || dark === undefined) throw new Error(`--${name} has no two values`)
  return [light, dark]
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe('Colours of a log', () => {
  it.each(LOG_COLORS)('%s can be read in both themes, on plain and on marked lines', (color) => {
    for (const ground of ['sunken', 'notice']) {
      const grounds = valuesOf(ground)
      valuesOf(`ansi-${color}`).forEach((ink, theme) => {
        expect(contrast(ink, grounds[theme] ?? ''), `${ink} on ${ground}`).toBeGreaterThanOrEqual(CONTRAST_MIN)
      })
    }
  })

  it.each(LOG_COLORS)('%s has a rule as text and as ground', (color) => {
    expect(logStyles).toContain(`[data-color="${color}"] {\n  color: var(--ansi-${color});`)
    expect(logStyles).toContain(`[data-background="${color}"] {\n  --tint: var(--ansi-${color});`)
  })

  it('are plain ink where the builder coloured the ground', () => {
    expect(logStyles.indexOf('[data-background] {')).toBeGreaterThan(logStyles.lastIndexOf('[data-color='))
  })
})

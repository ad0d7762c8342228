import type { ComponentProps } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type BadgeChoice, toBadgeAsked } from './badge-choice'
import { BadgeForm } from './badge-form'
import { BadgesView } from './badges-view'

const branches = [
  { name: 'master', title: 'master' },
  { name: 'release', title: 'nixos-26.05' },
]
const chosen: BadgeChoice = { kind: 'package', package: ['pytorch'], branch: ['release'], style: 'flat', label: '' }
const defaults = { package: 'blender', branch: 'master' }

function view(choice: Partial<BadgeChoice>, more: Partial<ComponentProps<typeof BadgesView>> = {}): string {
  const whole = { ...chosen, ...choice }
  const props = { branches, publicUrl: 'https://flakeboard.example', look: whole, ...more }
  return renderToStaticMarkup(<BadgesView asked={toBadgeAsked(whole, defaults)} {...props} />)
}

function form(choice: Partial<BadgeChoice>): string {
  const props = { branches, packages: ['blender', 'pytorch'], hrefOf: () => '/badges?without', onChange: () => {} }
  return renderToStaticMarkup(<BadgeForm choice={{ ...chosen, ...choice }} {...props} />)
}

describe('BadgesView', () => {
  it('shows the badge from here, and writes its public address into every markup', () => {
    const html = view({ style: 'plastic', label: 'a&b' })
    const query = '?label=a%26b&amp;style=plastic'
    expect(html).toContain(`<img src="/badge/release/pytorch.svg${query}" alt="Build status of pytorch on nixos-26.05"`)
    expect(html.split(`https://flakeboard.example/badge/release/pytorch.svg?label=a%`)).toHaveLength(1 + 5)
    for (const markup of ['Markdown', 'HTML', 'reStructuredText', 'AsciiDoc', 'Org']) {
      expect(html).toContain(`aria-label="Copy the badge as ${markup}"`)
    }
    expect(html).toContain('href="/badge/release/pytorch.json?label=a%26b&amp;style=plastic"')
  })

  it.each([
    [{ branch: [] }, '/badge/pytorch.svg', '/packages/pytorch'],
    [{ package: [], branch: [] }, '/badge/blender.svg', '/packages/blender'],
    [{ kind: 'ready', branch: [] }, '/badge/ready.svg?branch=master', '/branches/master'],
    [{ kind: 'pin' }, '/badge/pin.svg?package=pytorch&amp;branch=release', '/pin?'],
    [{ kind: 'matrix', branch: [] }, '/badge/matrix.svg?package=pytorch', '/?package=pytorch'],
    [{ kind: 'matrix', package: [], branch: [] }, '/badge/matrix.svg', '/'],
  ] as const)('of %j shows %s and leads to %s', (choice, image, link) => {
    const html = view(choice)
    expect(html).toContain(`<img src="${image}" `)
    expect(html).toContain(`(https://flakeboard.example${link}`)
  })

  it('says what to do when nothing is known yet', () => {
    const html = view({}, { asked: null })
    expect(html).toContain('No package is known yet')
    expect(html).not.toContain('<img')
  })
})

describe('BadgeForm', () => {
  it('asks for what the kind of badge needs, and sends it without JavaScript', () => {
    expect(form({})).toContain('name="package" value="pytorch"/>')
    expect(form({})).toContain('<option value="">all branches</option>')
    expect(form({ kind: 'ready' })).not.toContain('name="package"')
    expect(form({ kind: 'pin' })).not.toContain('all branches')
    const list = form({ kind: 'matrix', package: ['a', 'b'] })
    expect(list).toContain('<input type="hidden" name="package" value="a"/>')
    expect(list).toContain('aria-label="Leave out b"')
    expect(list).toMatch(/<input type="checkbox"[^>]*name="branch"[^>]*value="release"/)
    expect(list).toMatch(/<button type="submit"/)
  })
})

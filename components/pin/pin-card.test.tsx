import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { NIXPKGS_URL, NOW, sampleEvaluation } from '@/components/sample-cells'
import type { Block, NoPin, Pin, PinAnswer } from '@/lib/contract/pin'
import { PinCard } from './pin-card'
import { behindWords } from './pin-words'

const REVISION = 'a'.repeat(40)
const POINT = { evaluation: 'e1', at: '2026-11-20T00:00:00Z', nixpkgsRevision: REVISION }
const COMMON = {
  generatedAt: '2026-11-23T00:00:00Z',
  branch: 'nixos-unstable',
  branchTitle: 'nixos-unstable',
  packages: ['blender'],
  blocked: [],
  unread: 0,
  silentCaches: [],
}

function samplePin(parts: Partial<Pin> = {}): Pin {
  return {
    ...COMMON,
    revision: REVISION,
    date: '2026-11-20T00:00:00Z',
    evaluation: sampleEvaluation(),
    behind: { evaluations: 2, days: 1.5 },
    checks: { oldestAt: '2026-11-22T23:50:00Z', fresh: true, recheckMinutes: 60 },
    details: [],
    outputs: [],
    size: { fileBytes: 2 ** 30, narBytes: null },
    snippets: { flake: 'F', channel: 'C', npins: 'N', fetchTarball: 'T', shell: 'S' },
    notes: [],
    links: { archive: 'https://github.com/a', follow: 'http://localhost/pin', commit: 'https://github.com/c' },
    ...parts,
  }
}

function sampleNone(parts: Partial<NoPin> = {}): NoPin {
  const problem = { type: 'about:blank', title: 'No evaluated revision has blender ready now', status: 404 }
  return { ...COMMON, ...problem, reason: 'none', detail: '', revisions: 3, checks: null, best: null, ...parts }
}

function sampleBlock(parts: Partial<Block> = {}): Block {
  const edges = { since: POINT, until: POINT, revisions: 1 }
  return { status: 'failed', presence: 'unchecked', word: 'failed', rootCauses: [], ...edges, ...parts }
}

function draw(answer: PinAnswer | null, fault: string | null = null): string {
  const view = { branch: 'nixos-unstable', title: 'nixos-unstable', packages: ['blender'], isAlone: true }
  return renderToStaticMarkup(
    <PinCard
      {...view}
      answer={answer}
      fault={fault}
      now={NOW}
      nixpkgsUrl={NIXPKGS_URL}
      action={<button type="button">Check</button>}
    />,
  )
}

describe('The card of a pin', () => {
  it('shows the revision, how far it is behind, what is downloaded, and every way of pinning', () => {
    const html = draw({ kind: 'pin', pin: samplePin() })
    for (const text of [
      'aaaaaaaa',
      '2 evaluations and 1.5 days behind',
      '1.0',
      'without what the packages depend on',
    ]) {
      expect(html).toContain(text)
    }
    for (const word of ['flake.nix', 'Channel', 'npins', 'fetchTarball', 'nix shell']) expect(html).toContain(word)
    expect(html).toContain('data-mark="ready"')
  })

  it('does not look ready where the checks are old, and says so', () => {
    const checks = { oldestAt: '2026-11-20T00:00:00Z', fresh: false, recheckMinutes: 60 }
    const html = draw({ kind: 'pin', pin: samplePin({ checks }) })
    expect(html).not.toContain('data-mark="ready"')
    expect(html).toContain('The answers of the caches are old')
  })

  it('names a cache that does not answer', () => {
    const silentCaches = [{ id: 'near', reason: 'HTTP 403', checkedAt: '2026-11-22T23:00:00Z' }]
    expect(draw({ kind: 'none', none: sampleNone({ silentCaches }) })).toMatch(/near does not answer.*HTTP 403/s)
  })

  it('says who blocks, and leads to what is ready without', () => {
    const blocked = [{ name: '<b>jax</b>', revisions: 1, blocks: [sampleBlock()], lastReady: null }]
    const place = {
      revision: REVISION,
      date: null,
      evaluation: sampleEvaluation(),
      behind: { evaluations: 0, days: null },
    }
    const checks = { oldestAt: null, fresh: false, recheckMinutes: null }
    const best = { packages: ['blender'], without: ['<b>jax</b>'], ...place, checks }
    const html = draw({ kind: 'none', none: sampleNone({ blocked, best }) })
    expect(html).toContain('&lt;b&gt;jax&lt;/b&gt;')
    expect(html).not.toContain('<b>jax')
    expect(html).toContain('/pin?branch=nixos-unstable&amp;package=blender')
    expect(html).toContain('Ready on no revision that is stored.')
  })

  it('offers to ask the caches only where they could help', () => {
    expect(draw({ kind: 'none', none: sampleNone() })).not.toContain('Check')
    const checks = { oldestAt: null, fresh: false, recheckMinutes: 60 }
    expect(draw({ kind: 'none', none: sampleNone({ checks }) })).toContain('Check')
  })

  it('tells an unknown name and a fault in words, and waits without an answer', () => {
    expect(draw({ kind: 'refused', parameter: 'package', title: 'There is no package x' })).toContain(
      'There is no package x.',
    )
    expect(draw(null, 'The server cannot be reached.')).toContain('role="alert"')
    expect(draw(null)).toContain('aria-busy="true"')
  })
})

describe('behindWords', () => {
  it.each([
    [0, 0, 'the newest evaluation'],
    [1, 0.1, '1 evaluation and 2 h behind the newest one'],
    [3, null, '3 evaluations behind the newest one'],
    [3, -2, '3 evaluations behind the newest one'],
    [40, 25.4, '40 evaluations and 25 days behind the newest one'],
  ])('says of %s evaluations and %s days: %s', (evaluations, days, words) => {
    expect(behindWords({ evaluations, days })).toBe(words)
  })
})

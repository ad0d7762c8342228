import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Cell } from '@/lib/contract/matrix'
import { CellCard } from './cell-card'
import { NIXPKGS_URL, NOW, REVISION, sampleBranch, sampleCell, sampleRow } from './sample-cells'

function draw(cell: Cell | undefined, branch = sampleBranch()): string {
  const row = sampleRow(cell === undefined ? {} : { master: cell })
  return renderToStaticMarkup(<CellCard row={row} branch={branch} now={NOW} nixpkgsUrl={NIXPKGS_URL} />)
}

describe('CellCard', () => {
  it('links the commits, the build and the evaluation', () => {
    const html = draw(sampleCell())
    expect(html).toContain(`href="${NIXPKGS_URL}/commit/${REVISION}"`)
    expect(html).toContain('href="https://ci.example/log"')
    expect(html).toContain('evaluation #216')
  })

  it('tells per output and cache what was said, when, and why', () => {
    const outputs: Cell['outputs'] = [
      {
        name: 'out',
        path: '/nix/store/x-out',
        needed: true,
        presence: 'unreachable',
        cache: null,
        checkedAt: '2026-11-23T11:00:00Z',
        last: { presence: 'cached', checkedAt: '2026-11-22T12:00:00Z' },
        caches: [{ id: 'cuda', presence: 'unreachable', checkedAt: '2026-11-23T11:00:00Z', reason: 'HTTP 503' }],
      },
    ]
    const html = draw(sampleCell({ ready: false, presence: 'unreachable', outputs })).replace(/<[^>]+>/g, '')
    expect(html).toContain('built, cache unknown')
    expect(html).toContain('last answer cached, 24 h ago')
    expect(html).toContain('cuda: unreachable, asked 1 h ago (HTTP 503)')
  })

  it('says so when it was never seen good or ready', () => {
    const html = draw(sampleCell({ status: 'failed', ready: false, lastGood: null, lastReady: null }))
    expect(html.match(/never seen/g)).toHaveLength(2)
  })

  it('explains a hole by the evaluation, or by there being none', () => {
    expect(draw(undefined)).toContain('holds no attribute for pytorch')
    expect(draw(undefined, sampleBranch({ freshness: 'never', evaluation: null }))).toContain(
      'No evaluation of master has finished',
    )
  })
})

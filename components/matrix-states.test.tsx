import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { LastReady } from './last-ready'
import { FirstRun, NothingMatches } from './matrix-empty'
import { MatrixNotices } from './matrix-notices'
import { PageLinks } from './page-links'
import { NIXPKGS_URL, NOW, sampleBranch, sampleCell, sampleRow } from './sample-cells'

describe('what stands in place of rows', () => {
  it('tells how to begin before the first sync, and where to look during it', () => {
    expect(renderToStaticMarkup(<FirstRun isSyncing={false} syncHref="/sync" />)).toContain('npm run sync')
    expect(renderToStaticMarkup(<FirstRun isSyncing syncHref="/sync" />)).toContain('The first sync is running')
  })

  it('offers to clear a filter that leaves nothing', () => {
    expect(renderToStaticMarkup(<NothingMatches clearHref="/" />)).toContain('<a href="/">Clear all filters</a>')
  })
})

describe('MatrixNotices', () => {
  const draw = (branches: Parameters<typeof MatrixNotices>[0]['branches'], message?: string) =>
    renderToStaticMarkup(<MatrixNotices branches={branches} fault={message ? { message, onRetry: () => {} } : null} />)

  it('is silent while at least one branch is fresh', () => {
    expect(draw([sampleBranch(), sampleBranch({ freshness: 'stale' })])).toBe('')
  })

  it('warns when every branch is stale, and when none was ever evaluated', () => {
    expect(draw([sampleBranch({ freshness: 'stale' })])).toContain('Every branch is stale')
    expect(draw([sampleBranch({ freshness: 'never', evaluation: null })])).toContain(
      'No evaluation of any branch has finished',
    )
  })

  it('keeps the last answer after a failed refresh and offers another try', () => {
    const html = draw([sampleBranch()], 'The server answered with HTTP 502.')
    expect(html).toContain('role="alert"')
    expect(html).toContain('HTTP 502')
    expect(html).toContain('Try again')
  })
})

describe('LastReady', () => {
  const branches = [sampleBranch(), sampleBranch({ name: 'unstable', title: 'nixos-unstable' })]
  const draw = (master: object, unstable: object) =>
    renderToStaticMarkup(
      <LastReady
        row={sampleRow({ master: sampleCell(master), unstable: sampleCell(unstable) })}
        branches={branches}
        now={NOW}
        nixpkgsUrl={NIXPKGS_URL}
      />,
    ).replace(/<[^>]+>/g, '')

  it('tells the revision of the first branch on which the package is missed now', () => {
    expect(draw({}, { ready: false })).toContain('last ready revision on nixos-unstable: 8cc8a5a0 (3 d)')
  })

  it('tells the first branch’s where it is ready everywhere', () => {
    expect(draw({}, {})).toContain('last ready revision on master: 8cc8a5a0')
  })

  it('says so when it was never ready', () => {
    expect(draw({ lastReady: null }, { lastReady: null })).toBe('never seen ready on any branch')
  })
})

describe('PageLinks', () => {
  const draw = (offset: number, total: number) =>
    renderToStaticMarkup(<PageLinks offset={offset} pageSize={200} total={total} hrefOf={(at) => `/?offset=${at}`} />)

  it('is absent where one page holds all', () => {
    expect(draw(0, 200)).toBe('')
  })

  it('leads on and back and never before the first row', () => {
    expect(draw(0, 450)).toContain('href="/?offset=200"')
    expect(draw(100, 450)).toContain('href="/?offset=0"')
    expect(draw(400, 450)).not.toContain('rel="next"')
  })
})

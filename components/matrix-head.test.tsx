import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { MatrixBranch } from '@/lib/contract/matrix'
import { MatrixHead } from './matrix-head'
import { NOW, sampleBranch, sampleCounts, sampleEvaluation } from './sample-cells'

function draw(more: Partial<MatrixBranch>): string {
  return renderToStaticMarkup(
    <table>
      <thead>
        <tr>
          <MatrixHead branch={sampleBranch(more)} isShown now={NOW} />
        </tr>
      </thead>
    </table>,
  )
}

describe('MatrixHead', () => {
  it('tells readiness, age and counts in words', () => {
    const html = draw({ counts: sampleCounts({ succeeded: 60, failed: 2, 'dependency-failed': 4, queued: 1 }) })
    expect(html).toContain('61/68 ready')
    expect(html).toContain('title="2026-11-23 10:00 UTC"')
    expect(html).toContain('60 built, 6 broken, 1 undecided, counted by attribute')
  })

  it('says never of a branch without an evaluation', () => {
    expect(draw({ freshness: 'never', evaluation: null })).toContain('never evaluated')
  })

  it('gives every reason why a branch is stale', () => {
    const html = draw({ freshness: 'stale', staleReasons: ['It is old.', 'It is behind.'] })
    expect(html).toContain('stale: It is old. It is behind.')
  })

  it('tells what is being built, how far behind upstream it is, and its note', () => {
    const html = draw({
      running: sampleEvaluation({ index: 217, state: 'running', finishedAt: null }),
      upstream: { revision: '0'.repeat(40), date: '2026-11-23T00:00:00Z', behindDays: 1.54 },
      note: 'weekly',
    })
    expect(html).toContain('building #217')
    expect(html).toContain('1.5 d behind upstream · weekly')
  })

  it('tells the error of an evaluation that failed as a whole, escaped', () => {
    expect(draw({ evaluationError: 'error: <b>attribute</b> missing' })).toContain(
      'error: &lt;b&gt;attribute&lt;/b&gt; missing',
    )
  })
})

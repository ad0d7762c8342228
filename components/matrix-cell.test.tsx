import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Cell, MatrixBranch } from '@/lib/contract/matrix'
import { MatrixCell } from './matrix-cell'
import { NOW, sampleBranch, sampleCell, sampleEvaluation, sampleRow } from './sample-cells'

const HOSTILE = '"><script>alert(1)</script>'

function draw(cell: Cell | undefined, branch: MatrixBranch = sampleBranch(), name = 'pytorch'): string {
  return renderToStaticMarkup(
    <table>
      <tbody>
        <tr>
          <MatrixCell
            row={sampleRow(cell === undefined ? {} : { master: cell }, { name })}
            branch={branch}
            now={NOW}
            href="/?open=x"
            isShown
            isFresh={false}
            tabIndex={undefined}
            place={{ row: 0, column: 1 }}
          />
        </tr>
      </tbody>
    </table>,
  )
}

describe('MatrixCell', () => {
  it('says its status in a word beside the shape, and whose it is', () => {
    const html = draw(sampleCell())
    expect(html).toContain('data-mark="ready"')
    expect(html).toContain('>ready<')
    expect(html).toContain('pytorch on master:')
    expect(html).toContain('for 3 d')
  })

  it('tells the strip in words', () => {
    expect(draw(sampleCell())).toContain('aria-label="Last 3 evaluations: 1 succeeded, 1 failed, 1 building"')
  })

  it('shows the version where it differs from the row’s', () => {
    expect(draw(sampleCell({ version: '1.10.2' }))).toContain('1.10.2 · for 3 d')
  })

  it('says unknown of an unknown status, never ready', () => {
    const html = draw(sampleCell({ status: 'unknown', ready: false }))
    expect(html).toContain('>unknown<')
    expect(html).not.toContain('data-mark="ready"')
  })

  it('draws a hole as a faint dot with its words for those who cannot see it', () => {
    const html = draw(undefined)
    expect(html).toContain('data-mark="absent"')
    expect(html).toMatch(/class="sr-only"[^>]*>not in this set/)
  })

  it('looks stale and says its age on a stale branch', () => {
    const evaluation = sampleEvaluation({ finishedAt: '2026-11-18T11:00:00Z' })
    const html = draw(sampleCell(), sampleBranch({ freshness: 'stale', evaluation }))
    expect(html).toContain('data-stale="true"')
    expect(html).toContain('>5 d old<')
    expect(html).toContain('was ready')
  })

  it('escapes what third parties wrote', () => {
    const html = draw(
      sampleCell({
        status: 'dependency-failed',
        ready: false,
        version: HOSTILE,
        rootCauses: [{ derivation: null, name: HOSTILE, status: 'failed' }],
      }),
      sampleBranch({ title: HOSTILE }),
      HOSTILE,
    )
    expect(html).not.toContain('<script')
    expect(html.match(/&quot;&gt;&lt;script/g)?.length).toBeGreaterThan(3)
  })
})

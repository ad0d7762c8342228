import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MAGMA, sampleEvaluation, sampleSide } from '@/components/diff/sample-diff'
import { sampleBranch } from '@/components/sample-cells'
import type { EvaluationDetail } from '@/lib/contract/evaluations'
import { AttributeTable } from './attribute-table'
import { BranchFacts } from './branch-facts'
import { EvaluationCauses } from './evaluation-causes'
import { EvaluationFacts } from './evaluation-facts'
import { EvaluationList } from './evaluation-list'

const shared = { now: new Date('2026-11-23T09:00:00Z'), nixpkgsUrl: 'https://github.com/NixOS/nixpkgs' }
const textOf = (markup: React.ReactNode) =>
  renderToStaticMarkup(markup)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('The list of evaluations', () => {
  const draw = (parts: Parameters<typeof sampleEvaluation>[0], counts = {}) => (
    <EvaluationList title="nixos-unstable" evaluations={[{ ...sampleEvaluation(parts), counts }]} {...shared} />
  )

  it('tells age, state, counts, revision and duration, and leads to the run and its diff', () => {
    const text = textOf(draw({}, { succeeded: 1200, failed: 2, 'dependency-failed': 3, building: 4 }))
    expect(text).toMatch(
      /#2 24 h ago .*finished .*1 200 built · 5 broken · 4 undecided .*bbbbbbbb.*2026-11-20 .*1 h 0 min/,
    )
    const html = renderToStaticMarkup(draw({}))
    expect(html).toContain('href="/evaluations/new"')
    expect(html).toContain('href="/diff?to=new"')
  })

  it.each([
    [{ state: 'running' as const, finishedAt: null }, /running/],
    [{ state: 'cancelled' as const }, /cancelled/],
    [{ isSuperseded: true }, /finished, superseded by a rerun/],
    [{ isComplete: false, error: 'out of memory' }, /finished, incomplete.*out of memory/],
    [{ state: 'failed' as const, isComplete: false, error: 'error: boom' }, /failed as a whole.*error: boom/],
    [{ nixpkgsRevision: null, nixpkgsDate: null }, /not known/],
  ])('says in words that an evaluation is %o', (parts, words) => {
    expect(textOf(draw(parts))).toMatch(words)
  })
})

describe('The head of a branch', () => {
  it('says why it is stale, what it shows, and how far behind it is', () => {
    const text = textOf(
      <BranchFacts
        branch={sampleBranch({
          freshness: 'stale',
          staleReasons: ['It is old.'],
          evaluation: sampleEvaluation(),
          upstream: { revision: 'd'.repeat(40), date: '2026-11-22T00:00:00.000Z', behindDays: 2.04 },
        })}
        {...shared}
      />,
    )
    expect(text).toMatch(/Stale: It is old\./)
    expect(text).toMatch(/#2 , stale.* finished .*24 h ago/)
    expect(text).toMatch(/dddddddd .*, 2\.0 d behind/)
  })

  it('claims nothing of a branch that was never evaluated', () => {
    const text = textOf(<BranchFacts branch={sampleBranch({ freshness: 'never', evaluation: null })} {...shared} />)
    expect(text).toContain('nothing is known of any package here')
    expect(text).not.toContain('built')
  })
})

describe('One evaluation', () => {
  const detail: EvaluationDetail = {
    branch: 'nixos-unstable',
    evaluation: sampleEvaluation({ observedAt: null }),
    counts: { succeeded: 1, failed: 1 },
    rootCauses: [],
    attributes: [],
  }

  it('names its run, revisions and times', () => {
    const text = textOf(<EvaluationFacts detail={detail} {...shared} />)
    expect(text).toMatch(/started 25 h ago , 2026-11-22 08:00 UTC, took 1 h 0 min/)
    expect(text).toContain('its results are not read yet')
    expect(text).toMatch(/cccccccc .*on nixos-unstable .*ci, OnPush\/default, run 2/)
  })

  it('lists attributes with their result, and the lane where the path does not tell it', () => {
    const lane = { package: 'torch', system: 'x86_64-linux', variant: 'basic' }
    const text = textOf(
      <AttributeTable
        attributes={[
          { ...sampleSide({ status: 'dependency-failed', mayFail: true }), ...lane },
          { ...sampleSide({ attribute: 'a.x86_64-linux.basic_torch' }), ...lane },
        ]}
      />,
    )
    expect(text).toMatch(/torch · x86_64-linux, basic .*blocked by magma .*may fail/)
    expect(text).toMatch(/basic_torch .*built/)
    expect(text.match(/ · x86_64-linux/g)).toHaveLength(1)
  })

  it('shows root causes with what they break, long lists folded', () => {
    const packages = Array.from({ length: 14 }, (_, at) => `package-${at}`)
    const html = renderToStaticMarkup(
      <EvaluationCauses causes={[{ ...MAGMA, blocks: 20, packages, brokenNow: [] }]} titles={new Map()} />,
    )
    expect(html).toContain('breaks 20 attributes of 14 packages')
    expect(html).toContain('broken on no branch now')
    expect(html).toContain('and 2 more')
    expect(html.match(/href="\/packages\//g)).toHaveLength(14)
  })
})

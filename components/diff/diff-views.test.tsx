import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Diff } from '@/lib/contract/diff'
import { DIFF_CLASSES, type DiffClass } from './diff-classes'
import { DiffNotices } from './diff-notices'
import { DiffPickers, DiffPresets } from './diff-pickers'
import { DiffRange } from './diff-range'
import { DiffSections } from './diff-sections'
import { DiffSummary } from './diff-summary'
import { groupByCause } from './group-diff'
import { MAGMA, sampleDiff, sampleEntry, sampleEvaluation, sampleSide } from './sample-diff'

const titles = new Map([
  ['nixos-unstable', 'nixos-unstable'],
  ['master', 'master'],
])
const textOf = (markup: React.ReactNode) =>
  renderToStaticMarkup(markup)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

const magma = sampleEntry({
  package: 'magma',
  attribute: 'magma',
  after: sampleSide({ attribute: 'magma', status: 'failed', rootCauses: [MAGMA] }),
})
const torch = sampleEntry({ headline: true, after: sampleSide({ status: 'dependency-failed' }) })
const jax = sampleEntry({ package: 'jax', attribute: 'jax' })
const busy = sampleEntry({
  package: 'busy',
  attribute: 'busy',
  change: 'undecided',
  after: sampleSide({ status: 'building' }),
})

describe('The sections of a diff', () => {
  const draw = (diff: Diff, shown: DiffClass[] = []) =>
    textOf(
      <DiffSections
        diff={diff}
        shown={shown}
        titles={titles}
        suspects={(name) => <b>suspects of {name}</b>}
        undecidedHref="/diff?show=undecided"
      />,
    )

  it('put what one cause breaks under it, headline packages first, and own failures apart', () => {
    const text = draw(sampleDiff([magma, torch, jax], { rootCauses: [MAGMA] }))
    expect(text).toMatch(/Root causes 1 .*magma-2\.7\.2.*breaks 2 packages.*broken now on nixos-unstable \( 2 \)/)
    expect(text).toMatch(/magma-2\.7\.2.* torch .* magma .*Broken by themselves 1 .* jax /)
  })

  it('tell the suspects of the root itself while its cause stands, and then say that none is suspected', () => {
    const root = { ...magma, after: sampleSide({ attribute: 'magma', status: 'failed', derivation: MAGMA.derivation }) }
    const rootCauses = [{ derivation: MAGMA.derivation, name: MAGMA.name, status: MAGMA.status }]
    const diff = sampleDiff([torch, { ...root, rootCauses }, jax], { rootCauses: [MAGMA] })
    const suspected = draw(diff)
    expect(suspected).toContain('suspects of magma')
    expect(suspected).toMatch(/Broken by themselves 1 .* jax .* since last good suspects/)
    const past = draw(sampleDiff([torch, magma], { rootCauses: [{ ...MAGMA, brokenNow: [] }] }))
    expect(past).toContain('It breaks nothing on nixos-unstable any more, so no commits are suspected.')
  })

  it('mark what flaps', () => {
    expect(draw(sampleDiff([{ ...jax, flapping: true }]))).toMatch(/ jax .*flapping/)
    expect(draw(sampleDiff([jax]))).not.toContain('flapping')
  })

  it('leave out no broken attribute, whatever the causes', () => {
    const entries = [magma, torch, jax]
    for (const rootCauses of [[], [MAGMA], [{ ...MAGMA, name: 'other' }]]) {
      const { causes, own } = groupByCause(sampleDiff(entries, { rootCauses }), entries)
      expect(new Set([...causes.flatMap((group) => group.entries), ...own])).toEqual(new Set(entries))
    }
  })

  it('show both causes where a failure moved to another root', () => {
    const moved = sampleEntry({
      change: 'still-failing',
      before: sampleSide({
        status: 'dependency-failed',
        rootCauses: [{ derivation: null, name: 'cudnn-8.9', status: 'failed' }],
      }),
      after: sampleSide({ status: 'dependency-failed' }),
    })
    expect(draw(sampleDiff([moved], { rootCauses: [MAGMA] }))).toMatch(/magma-2\.7\.2 .*blocked by cudnn .*blocked /)
  })

  it('never leave out the undecided in silence', () => {
    expect(draw(sampleDiff([busy]))).toMatch(/Undecided 1 .* busy .*building/)
    expect(draw(sampleDiff([busy, jax]), ['newly-failing'])).toContain(
      '1 undecided attribute is left out by this choice. Show it',
    )
  })

  it('show the chosen classes alone', () => {
    const fixed = sampleEntry({ package: 'fixed', attribute: 'fixed', change: 'newly-fixed' })
    const text = draw(sampleDiff([jax, fixed]), ['newly-fixed'])
    expect(text).toContain(' fixed ')
    expect(text).not.toContain(' jax ')
  })

  it('tell versions old and new, what is added and removed, and what a cache dropped', () => {
    const text = draw(
      sampleDiff(
        [
          sampleEntry({ package: 'in', attribute: 'in', change: 'added', before: null, after: sampleSide() }),
          sampleEntry({ package: 'out', attribute: 'out', change: 'removed', after: null }),
        ],
        {
          versionChanges: [{ package: 'jax', attribute: 'jax', before: '0.4.27', after: '0.4.28' }],
          noLongerCached: [{ package: 'tts', attribute: 'tts', outputs: ['out', 'dev'] }],
        },
      ),
    )
    expect(text).toMatch(/jax .*0\.4\.27 .*0\.4\.28/)
    expect(text).toMatch(/Added 1 .* in .*not in this set.*built.*Removed 1 .* out .*built.*not in this set/)
    expect(text).toMatch(/No longer cached 1 .* tts .*outputs out, dev/)
  })

  it('draw foreign text as text', () => {
    const name = '<img src=x onerror=alert(1)>'
    const html = renderToStaticMarkup(
      <DiffSections
        diff={sampleDiff([sampleEntry({ package: name, attribute: name })])}
        shown={[]}
        titles={titles}
        suspects={() => null}
        undecidedHref=""
      />,
    )
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img')
  })
})

describe('The summary', () => {
  it('counts every class and the unchanged, and leads to a class where it has any', () => {
    const html = renderToStaticMarkup(
      <DiffSummary
        diff={sampleDiff([jax, torch, busy])}
        shown={['undecided']}
        hrefOf={(shown) => `/diff?${shown.join('+')}`}
        onShow={() => {}}
      />,
    )
    expect(html).toContain('href="/diff?undecided+newly-failing"')
    expect(html).toMatch(/href="\/diff\?"[^>]*data-on="true"[^>]*aria-current="true"/)
    expect(html).not.toContain('href="/diff?undecided+added"')
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(text).toMatch(/2 newly failing .*0 still failing .*1 undecided .*40 still built/)
    expect(DIFF_CLASSES).toContain('undecided')
  })
})

describe('The notices', () => {
  const draw = (parts: Partial<Diff>) => textOf(<DiffNotices diff={sampleDiff([jax], parts)} />)

  it('are none where both sides can be relied on', () => {
    expect(draw({})).toBe('')
  })

  it.each([
    ['the same evaluation', { from: sampleEvaluation() }, /same evaluation/],
    ['an unfinished side', { to: sampleEvaluation({ state: 'running' }) }, /The newer side, #2 , has not finished/],
    ['a cancelled side', { from: sampleEvaluation({ id: 'o', state: 'cancelled' }) }, /The older side.*was cancelled/],
    [
      'a side that failed as a whole',
      { to: sampleEvaluation({ state: 'failed', isComplete: false, error: 'error: boom' }) },
      /failed as a whole.*error: boom/,
    ],
    ['an incomplete side', { to: sampleEvaluation({ isComplete: false, error: 'out of memory' }) }, /is incomplete/],
    ['a replaced side', { from: sampleEvaluation({ id: 'o', isSuperseded: true }) }, /was repeated/],
    [
      'sides turned round',
      { from: sampleEvaluation({ id: 'o', startedAt: '2026-11-23T00:00:00.000Z' }) },
      /right side is older/,
    ],
  ])('tell of %s', (_what, parts, words) => {
    expect(draw(parts)).toMatch(words)
  })

  it('say so when nothing changed', () => {
    expect(textOf(<DiffNotices diff={sampleDiff([])} />)).toContain('No attribute changed its health')
  })
})

describe('The range', () => {
  const draw = (nixpkgs: Diff['nixpkgs']) =>
    renderToStaticMarkup(<DiffRange diff={sampleDiff([], { nixpkgs })} nixpkgsUrl="https://github.com/NixOS/nixpkgs" />)

  it('leads to the comparison, and says where there is none', () => {
    expect(draw({ from: 'a'.repeat(40), to: 'b'.repeat(40), compareUrl: 'https://x/a...b' })).toContain(
      'href="https://x/a...b"',
    )
    expect(draw({ from: 'b'.repeat(40), to: 'b'.repeat(40), compareUrl: '' })).toContain('no commit of nixpkgs')
    expect(draw(null)).toContain('not known')
  })
})

describe('The pickers', () => {
  const [from, to] = [sampleEvaluation({ id: 'old', index: 1 }), sampleEvaluation()]
  const choices = [
    { branch: 'nixos-unstable', title: 'nixos-unstable', evaluations: [to] },
    { branch: 'master', title: 'master', evaluations: [sampleEvaluation({ id: 'm', branch: 'master', index: 9 })] },
  ]
  const draw = (isLive: boolean) =>
    renderToStaticMarkup(<DiffPickers {...{ choices, from, to, isLive }} onChoose={() => {}} />)

  it('are a form of two lists with every branch before scripts run', () => {
    const html = draw(false)
    expect(html).toMatch(/<form [^>]*action="\/diff" method="get"/)
    expect(html.match(/<select/g)).toHaveLength(2)
    expect(html).toMatch(/<option value="old" selected="">#1 · 2026-11-22 09:00 UTC<\/option>/)
    expect(html).toContain('<optgroup label="master">')
    expect(html).toContain('href="/diff?from=new&amp;to=old"')
  })

  it('are a branch and its evaluations on each side once they do', () => {
    const html = draw(true)
    expect(html.match(/<select/g)).toHaveLength(4)
    expect(html).not.toContain('<optgroup label="master">')
  })

  it('offer the evaluation before, the same day elsewhere, and the last good one of a package', () => {
    const html = renderToStaticMarkup(<DiffPresets diff={sampleDiff([jax])} titles={titles} />)
    expect(html).toContain('href="/diff?from=old&amp;to=new"')
    expect(html).toContain('href="/diff?from=other&amp;to=new"')
    expect(html).toContain('<option value="jax">')
  })
})

import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { TRIAGE_STATE_WORDS, type Triage, type TriageBranch, type TriageEntry } from '@/lib/contract/triage'
import { TRIAGE_STATES } from '@/lib/domain/triage'
import { blocksWords, TriageArticle } from './triage-article'
import { TriageEmpty } from './triage-empty'
import { TriageNotices } from './triage-notices'
import { TriagePages } from './triage-pages'
import { issueWords } from './triage-said'

const now = new Date('2026-11-23T12:00:00Z')
const MAGMA = `/nix/store/${'a'.repeat(32)}-magma-2.6.2.drv`
const revision = (digit: string) => digit.repeat(40)

function branchOf(given: Partial<TriageBranch> = {}): TriageBranch {
  return {
    name: 'master',
    title: 'master',
    freshness: 'fresh',
    blocks: 2,
    packages: [
      { name: 'pytorch', headline: true, undecided: false, flapping: false },
      { name: 'jax', headline: false, undecided: false, flapping: false },
    ],
    suspectsOf: 'pytorch',
    firstBad: { evaluation: 'b', at: '2026-11-23T10:00:00.000Z', nixpkgsRevision: revision('b') },
    lastGood: { evaluation: 'a', at: '2026-11-21T10:00:00.000Z', nixpkgsRevision: revision('a') },
    nixpkgs: { from: revision('a'), to: revision('b'), compareUrl: 'https://github.com/NixOS/nixpkgs/compare/a...b' },
    derivations: [{ derivation: MAGMA, name: 'magma-2.6.2', status: 'failed', url: 'https://ci.example/magma' }],
    ...given,
  }
}

function entryOf(given: Partial<TriageEntry> = {}): TriageEntry {
  return {
    id: 'k',
    version: 0,
    kind: 'build',
    name: 'magma',
    system: 'x86_64-linux',
    blocks: 2,
    headlines: 1,
    flapping: 0,
    branches: [branchOf()],
    state: 'new',
    note: '',
    issueUrl: null,
    excerpt: null,
    who: null,
    changedAt: null,
    openedAt: '2026-11-23T10:30:00.000Z',
    reopenedAt: null,
    reopened: 0,
    changes: 0,
    trail: [],
    ...given,
  }
}

const markupOf = (entry: TriageEntry) =>
  renderToStaticMarkup(
    <TriageArticle entry={entry} now={now} nixpkgsUrl="https://github.com/NixOS/nixpkgs" isCurrent={undefined} />,
  )
const wordsOf = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('A cause', () => {
  it('is an article of its name with what it breaks, since when, and the range between', () => {
    const markup = markupOf(entryOf())
    expect(markup).toMatch(/<article aria-labelledby="cause-k"/)
    expect(markup).not.toContain('tabindex="-1"')
    const words = wordsOf(markup)
    expect(words).toContain('failed x86_64-linux breaks 2 packages, 1 of them headline new')
    expect(words).toMatch(/master magma-2\.6\.2 source 2 h ago at nixpkgs bbbbbbbb/)
    expect(words).toContain('aaaaaaaa…bbbbbbbb')
    expect(words).toContain('pytorch , jax')
    expect(words).toContain('Nobody has said anything about it yet.')
  })

  it.each(TRIAGE_STATES)('says %s in a word beside its shape', (state) => {
    const markup = markupOf(entryOf({ state }))
    expect(markup).toContain(`data-triage="${state}"`)
    expect(wordsOf(markup)).toContain(TRIAGE_STATE_WORDS[state])
  })

  it('shows what people wrote as text, with who and when', () => {
    const markup = markupOf(
      entryOf({
        note: '<img src=x onerror=alert(1)>\nsecond line',
        issueUrl: 'https://github.com/NixOS/nixpkgs/issues/123',
        who: 'Ada',
        changedAt: '2026-11-23T09:00:00.000Z',
        changes: 3,
      }),
    )
    expect(markup).not.toContain('<img')
    expect(markup).toContain('&lt;img src=x onerror=alert(1)&gt;\nsecond line')
    expect(wordsOf(markup)).toMatch(/NixOS\/nixpkgs#123 Ada, 3 h ago/)
  })

  it('says what is not known instead of leaving a hole', () => {
    const words = wordsOf(
      markupOf(entryOf({ branches: [branchOf({ firstBad: null, lastGood: null, nixpkgs: null })] })),
    )
    expect(words).toContain('not known never seen not known')
  })

  it('says in words that a branch is stale and that a package is being decided', () => {
    const packages = [{ name: 'jax', headline: false, undecided: true, flapping: false }]
    const markup = markupOf(entryOf({ branches: [branchOf({ freshness: 'stale', packages })] }))
    expect(markup).toContain('data-stale')
    expect(wordsOf(markup)).toMatch(/master stale .*jax \(being decided\)/)
  })

  it('folds a long list of packages and counts those that it does not name', () => {
    const packages = Array.from({ length: 20 }, (_, at) => ({
      name: `p${at}`,
      headline: false,
      undecided: false,
      flapping: false,
    }))
    const words = wordsOf(markupOf(entryOf({ branches: [branchOf({ blocks: 120, packages })] })))
    expect(words).toContain('120: p0 , p1 , p2 , p3')
    expect(words).toContain('and 116 more')
    expect(words).toContain('and 100 more, in the matrix')
  })

  it('of an eviction is the cache: found when, last ready where, and no commits to suspect', () => {
    const derivations = [
      { derivation: MAGMA, name: 'torch', status: 'succeeded' as const, url: 'https://ci.example/t' },
    ]
    const branches = [branchOf({ derivations, firstBad: null, lastGood: null, nixpkgs: null })]
    const entry = entryOf({ kind: 'eviction', name: 'cuda-maintainers', system: null, branches })
    const suspects = () => <p>suspected</p>
    const markup = renderToStaticMarkup(
      <TriageArticle entry={entry} now={now} nixpkgsUrl="" isCurrent={undefined} suspects={suspects} />,
    )
    expect(markup).toContain('data-mark="built-evicted"')
    expect(markup).toContain('<a href="/caches">cuda-maintainers</a>')
    expect(wordsOf(markup)).toMatch(/threw out 2 packages.* Found gone Last ready .* ago none now none /)
    expect(markup).not.toContain('suspected')
  })

  it('leads to the evaluation where nothing was built, and says how often it came back', () => {
    const derivations = [
      { derivation: null, name: 'error: a', status: 'evaluation-failed' as const, url: 'https://ci.example/2' },
    ]
    const entry = entryOf({
      kind: 'evaluation',
      name: 'error: a',
      system: null,
      branches: [branchOf({ derivations })],
      reopened: 2,
      reopenedAt: '2026-11-23T11:00:00.000Z',
    })
    const markup = markupOf(entry)
    expect(markup).toContain('data-mark="evaluation-failed"')
    expect(markup).toContain('href="https://ci.example/2"')
    expect(wordsOf(markup)).toMatch(/does not evaluate .*came back 1 h ago , 2 times in all/)
  })
})

it.each([
  [{ blocks: 1, headlines: 0, kind: 'build' as const }, 'breaks 1 package'],
  [{ blocks: 1, headlines: 1, kind: 'build' as const }, 'breaks 1 headline package'],
  [{ blocks: 14, headlines: 0, kind: 'build' as const }, 'breaks 14 packages'],
  [{ blocks: 14, headlines: 2, kind: 'build' as const }, 'breaks 14 packages, 2 of them headline'],
  [{ blocks: 2, headlines: 2, kind: 'build' as const }, 'breaks 2 packages, all of them headline'],
  [{ blocks: 3, headlines: 1, kind: 'eviction' as const }, 'threw out 3 packages, 1 of them headline'],
])('words %o', (sums, words) => {
  expect(blocksWords(sums)).toBe(words)
})

it.each([
  ['https://github.com/NixOS/nixpkgs/pull/5', 'NixOS/nixpkgs#5'],
  ['https://gitlab.example/a/b/-/issues/5', 'gitlab.example/a/b/-/issues/5'],
  ['https://bugs.example/', 'bugs.example'],
])('shortens the issue %s', (address, words) => {
  expect(issueWords(address)).toBe(words)
})

const nothing: Triage = {
  generatedAt: '2026-11-23T12:00:00.000Z',
  total: 0,
  states: { new: 0, acknowledged: 0, 'being-fixed': 0, 'upstream-issue': 0, 'wont-fix': 0 },
  unexplained: 0,
  branches: [
    { name: 'master', title: 'master', freshness: 'fresh' },
    { name: 'release', title: 'nixos-26.05', freshness: 'fresh' },
  ],
  causes: [],
  next: null,
}
const emptyWords = (given: Partial<Triage>, isFiltered = false) =>
  wordsOf(
    renderToStaticMarkup(
      <TriageEmpty triage={{ ...nothing, ...given }} isFiltered={isFiltered} clearHref="/triage" onClear={() => {}} />,
    ),
  )
const asOf = (freshness: 'stale' | 'never') =>
  nothing.branches.map((branch, at) => (at === 0 && freshness === 'stale' ? branch : { ...branch, freshness }))

describe('An empty list', () => {
  it('is good news only when all is fresh and explained', () => {
    expect(emptyWords({})).toContain('Nothing is broken Every package')
    expect(emptyWords({ branches: asOf('stale') })).toContain('no fresh evaluation of nixos-26.05')
    expect(emptyWords({ branches: asOf('never') })).toContain('Nothing has been read yet')
    expect(emptyWords({ unexplained: 3 })).toContain('No cause is known')
  })

  it('says when it is the filter that leaves nothing', () => {
    expect(emptyWords({}, true)).toMatch(/No cause matches .*Clear all filters/)
  })
})

describe('The notices', () => {
  const words = (triage: Partial<Triage>, signInHref: string | null = null) =>
    wordsOf(renderToStaticMarkup(<TriageNotices triage={{ ...nothing, ...triage }} signInHref={signInHref} />))

  it('name stale branches and count what is not explained', () => {
    expect(words({})).toBe('')
    expect(words({ branches: asOf('stale') })).toContain('Stale: nixos-26.05.')
    expect(words({ unexplained: 1 })).toContain('One more package is broken')
    expect(words({ unexplained: 2 })).toContain('2 more packages are broken')
  })

  it('lead to the sign-in who may not change anything yet', () => {
    expect(words({}, '/sign-in?returnTo=%2Ftriage')).toContain('Sign in to acknowledge causes')
  })
})

it('pages through more causes than one page holds', () => {
  const words = (offset: number) =>
    wordsOf(renderToStaticMarkup(<TriagePages params={{ offset, limit: 100 }} total={230} hrefOf={String} />))
  expect(words(0)).toContain('1–100 of 230 Further ones')
  expect(words(200)).toContain('Worse ones 201–230 of 230')
  expect(
    wordsOf(renderToStaticMarkup(<TriagePages params={{ offset: 0, limit: 100 }} total={7} hrefOf={String} />)),
  ).toBe('')
})

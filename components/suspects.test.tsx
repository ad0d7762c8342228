import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Suspect, Suspects as SuspectsAnswer } from '@/lib/contract/suspects'
import { Suspects } from './suspects'

const REVISION = { from: 'a'.repeat(40), to: 'b'.repeat(40) }

function suspectOf(given: Partial<Suspect>): Suspect {
  return {
    sha: 'c'.repeat(40),
    subject: 'magma: 2.7.1 -> 2.7.2',
    at: '2026-11-22T12:00:00.000Z',
    url: `https://github.com/NixOS/nixpkgs/commit/${'c'.repeat(40)}`,
    closeness: 'root',
    reason: 'its message names magma, which fails',
    distance: 0,
    ...given,
  }
}

function markupOf(given: Partial<SuspectsAnswer>, listHref?: string): string {
  const suspects: SuspectsAnswer = {
    package: 'torch',
    branch: 'master',
    range: { ...REVISION, compareUrl: 'https://github.com/NixOS/nixpkgs/compare/a...b', commits: 2 },
    state: 'read',
    note: '2 commits lie between the last good and the first bad revision, closest first.',
    suspects: [],
    bisect: null,
    ...given,
  }
  const now = new Date('2026-11-23T12:00:00Z')
  const action = <button type="button">Read them now</button>
  return renderToStaticMarkup(
    <Suspects nixpkgsUrl="https://github.com/NixOS/nixpkgs" {...{ suspects, now, action, listHref }} />,
  )
}

const textOf = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('Suspects', () => {
  it('shows close commits with reason, age and link, and folds the rest away', () => {
    const rest = suspectOf({
      sha: 'd'.repeat(40),
      subject: 'hello: 1 -> 2',
      closeness: 'rest',
      reason: 'lies in the range',
    })
    const markup = markupOf({ suspects: [suspectOf({}), rest] })
    const [open = '', folded = ''] = markup.split('<details>')
    expect(textOf(open)).toMatch(
      /cccccccc magma: 2\.7\.1 -&gt; 2\.7\.2 its message names magma, which fails · 24 h ago/,
    )
    expect(open).toContain(`href="https://github.com/NixOS/nixpkgs/commit/${'c'.repeat(40)}"`)
    expect(open).not.toContain('hello')
    expect(textOf(folded)).toContain('1 further commit of the range')
    expect(textOf(folded)).toContain('hello: 1 -&gt; 2')
  })

  it('shows the three closest, the bisect line, and where the others stand, in a list of many causes', () => {
    const suspects = ['1', '2', '3', '4'].map((digit) =>
      suspectOf({ sha: digit.repeat(40), subject: `magma: ${digit}` }),
    )
    const markup = markupOf({ suspects, bisect: 'git bisect start' }, '/packages/torch#suspects-master')
    expect(textOf(markup)).toMatch(/magma: 1 .*magma: 2 .*magma: 3 .*git bisect start/)
    expect(markup).not.toContain('magma: 4')
    expect(markup).not.toContain('<details')
    expect(markup).toContain('<a href="/packages/torch#suspects-master">All 4 suspects on the page of torch</a>')
  })

  it('says so where no commit is known to touch what fails', () => {
    const text = textOf(markupOf({ suspects: [suspectOf({ closeness: 'rest' })] }))
    expect(text).toContain('No commit of the range is known to touch what fails.')
    expect(text).toContain('1 commit of the range')
  })

  it('never lets a message become markup', () => {
    const markup = markupOf({ suspects: [suspectOf({ subject: '<img src=x onerror=alert(1)>', reason: '<b>' })] })
    expect(markup).toContain('&lt;img')
    expect(markup).not.toContain('<img')
  })

  it('offers to read what is not read yet, and nothing where that would not help', () => {
    const waiting = { state: 'waiting', note: 'The commits of this range are not read yet.' } as const
    expect(textOf(markupOf(waiting))).toContain('not read yet. Read them now')
    expect(textOf(markupOf({ state: 'too-large', note: 'Too many.' }))).not.toContain('Read them now')
  })

  it('gives the bisect command as text to copy, reachable by keyboard', () => {
    const markup = markupOf({ bisect: "git bisect run nix-build --arg config '{ }'" })
    expect(markup).toContain('aria-label="Copy the bisect command"')
    expect(markup).toMatch(/tabindex="0"[^>]*>.*git bisect run nix-build --arg config &#x27;\{ \}&#x27;/)
  })

  it('shows the note alone where no range is known', () => {
    expect(textOf(markupOf({ state: 'none', range: null, note: 'Nothing is broken here now.' })).trim()).toBe(
      'Nothing is broken here now.',
    )
  })
})

import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Derivation } from '@/lib/contract/derivation'
import type { LogExcerpt } from '@/lib/contract/log'
import { DerivationView } from './derivation-view'
import { markupText } from './testing/markup-text'

const HOSTILE = '<img src=x onerror=alert(1)>'
const MAGMA = '/nix/store/4g7yjzpzj1rblvf8xi64pij364scz9px-magma-2.7.2.drv'
const TORCH = '/nix/store/5g7yjzpzj1rblvf8xi64pij364scz9px-torch-2.drv'

const magma: Derivation = {
  ...{ derivation: MAGMA, name: 'magma-2.7.2', version: '2.7.2', status: 'failed', system: 'x86_64-linux' },
  ...{ host: null, buildSeconds: null, detailsAt: null, url: null, outputs: [], inputs: null, inputCount: 0 },
  rootCauses: [{ derivation: MAGMA, name: 'magma-2.7.2', status: 'failed' }],
  ...{ failedDependencies: [], branches: [], evaluations: [] },
  log: { state: 'unread', fetchedAt: null, lineCount: 0, excerpt: null },
}

function markupOf(given: Partial<Derivation>): string {
  const now = new Date('2026-11-23T12:00:00Z')
  return renderToStaticMarkup(
    <DerivationView found={{ ...magma, ...given }} now={now}>
      the log
    </DerivationView>,
  )
}

describe('DerivationView', () => {
  it('says of a cause that it fails by itself, and nothing of what it does not know', () => {
    const text = markupText(markupOf({}))
    expect(text).toContain('magma-2.7.2 failed')
    expect(text).toContain('It fails by itself')
    expect(text).toContain('No branch shows it now')
    expect(text).toContain('Not read yet: inputs')
    expect(text).not.toContain('last build')
  })

  it('leads from what is blocked to its root cause and the failed dependency in between', () => {
    const markup = markupOf({
      ...{ derivation: TORCH, name: 'torch-2', status: 'dependency-failed' },
      failedDependencies: [
        { derivation: MAGMA, name: 'magma-2.7.2', status: 'failed' },
        { derivation: '/nix/store/x-ghost.drv', name: 'ghost', status: null },
      ],
    })
    const link = 'href="/derivations/4g7yjzpzj1rblvf8xi64pij364scz9px-magma-2.7.2.drv"'
    expect(markup.split(link)).toHaveLength(3)
    expect(markupText(markup)).toContain('torch-2 blocked by magma')
    expect(markup).not.toContain('href="/derivations/x-ghost.drv"')
  })

  it('says so where a dependency failed and nobody knows which', () => {
    const text = markupText(markupOf({ derivation: TORCH, status: 'dependency-failed', rootCauses: [] }))
    expect(text).toContain('A dependency failed; which one is not known yet.')
  })

  it('names what it blocks branch by branch, with the number of those that are not listed', () => {
    const attribute = { package: 'pytorch', headline: true, attribute: 'x.torch', status: 'dependency-failed' } as const
    const branch = { name: 'a/b', title: 'Unstable', total: 40, attributes: [{ ...attribute, isItself: false }] }
    const markup = markupOf({ branches: [branch] })
    expect(markupText(markup)).toContain('Unstable 40 attributes pytorch x.torch blocked by it and 39 more')
    expect(markup).toContain('href="/branches/a%2Fb"')
  })

  it('shows the excerpt before all else, each line a link to its page of the log', () => {
    const lines = [
      { number: 2_049, text: 'making', isError: false },
      { number: 2_051, text: 'nvcc fatal', isError: true },
    ]
    const excerpt = { phase: 'buildPhase', lines, firstError: 2_051, verdict: 'found' } as const
    const markup = markupOf({ log: { ...magma.log, state: 'done', excerpt } })
    const text = markupText(markup)
    expect(text).toContain('Why it failed, as its log tells · in buildPhase · jump to the first error')
    expect(text).toContain('error: nvcc fatal')
    expect(text.indexOf('nvcc fatal')).toBeLessThan(text.indexOf('What it fails from'))
    expect(markup).toContain('.drv?from=2001#L2051"')
    expect(markup.match(/data-gap/g)).toHaveLength(1)
  })

  it('says so where the log does not tell the cause', () => {
    const excerpt: LogExcerpt = { phase: null, lines: [], firstError: null, verdict: 'not-in-this-text' }
    const text = markupText(markupOf({ log: { ...magma.log, state: 'done', excerpt } }))
    expect(text).toContain('The cause is not in this text')
    expect(text).not.toContain('jump to')
  })

  it('never lets a foreign text become markup', () => {
    const markup = markupOf({
      ...{ name: HOSTILE, version: HOSTILE, system: HOSTILE, host: HOSTILE },
      rootCauses: [{ derivation: null, name: HOSTILE, status: 'evaluation-failed' }],
      failedDependencies: [{ derivation: `/nix/store/"><script>`, name: HOSTILE, status: 'failed' }],
      inputs: [{ derivation: HOSTILE, name: HOSTILE, status: null }],
      inputCount: 1,
      log: {
        ...magma.log,
        excerpt: {
          ...{ phase: HOSTILE, firstError: 1, verdict: 'found' },
          lines: [{ number: 1, text: HOSTILE, isError: true }],
        },
      },
    })
    expect(markup).not.toContain('<img')
    expect(markup).not.toContain('<script')
    expect(markup.split('&lt;img').length).toBeGreaterThan(7)
  })
})

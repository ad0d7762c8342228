import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { NIXPKGS_URL, NOW, REVISION } from '@/components/sample-cells'
import type { Use } from '@/lib/contract/use'
import { UseView } from './use-view'

const SNIPPET = {
  id: 'cachix',
  title: 'With cachix',
  kind: 'shell' as const,
  text: 'cachix use x\n',
  notes: ['A note.'],
}

function markup(more: Partial<Use> = {}): string {
  const use: Use = {
    generatedAt: '2026-11-23T12:00:00Z',
    branch: 'master',
    branches: [
      { name: 'master', title: 'master' },
      { name: 'release', title: 'nixos-26.05' },
    ],
    pin: { revision: REVISION, date: '2026-11-20T12:00:00Z', evaluation: '7' },
    packages: ['pytorch', 'jax'],
    groups: [{ id: 'cache', title: 'Download', snippets: [SNIPPET] }],
    ...more,
  }
  return renderToStaticMarkup(<UseView use={use} now={NOW} nixpkgsUrl={NIXPKGS_URL} />)
}

describe('The ways of use', () => {
  it('are listed, each with its text, where it belongs, and what to know', () => {
    const html = markup()
    expect(html).toContain('<a href="#cachix">With cachix</a>')
    expect(html).toMatch(/<h3 id="cachix"[^>]*>With cachix <span[^>]*>In a shell<\/span><\/h3>/)
    expect(html).toMatch(/<pre[^>]*>cachix use x<\/pre>/)
    expect(html).toContain('A note.')
  })

  it('name the revision that they pin, or say that none is ready and what to ask', () => {
    expect(markup()).toContain('the newest revision on which pytorch, jax are ready now')
    const html = markup({ pin: null })
    expect(html).toContain('No revision has all of pytorch, jax ready now')
    expect(html).toContain('href="/pin?branch=master&amp;package=pytorch&amp;package=jax"')
  })

  it('say nothing of a pin where no package is a headline', () => {
    expect(markup({ packages: [], pin: null })).not.toContain('ready now')
  })

  it('let one choose the branch where there are several', () => {
    expect(markup()).toContain('href="/use?branch=release"')
    expect(markup({ branches: [{ name: 'master', title: 'master' }] })).not.toContain('Branch to follow')
  })

  it('show what a configuration holds as text', () => {
    const hostile = markup({ groups: [{ id: 'x', title: 'x', snippets: [{ ...SNIPPET, text: '<script>' }] }] })
    expect(hostile).toContain('&lt;script&gt;')
    expect(hostile).not.toContain('<script>')
  })
})

import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { sampleCell } from '@/components/sample-cells'
import type { PackageBranch } from '@/lib/contract/package'
import { PackageCauses } from './package-causes'

const MAGMA = '/nix/store/4g7yjzpzj1rblvf8xi64pij364scz9px-magma-2.7.2.drv'
const HOSTILE = '<img src=x onerror=alert(1)>'

function branchOf(given: Partial<PackageBranch>): PackageBranch {
  return {
    ...{ name: 'master', title: 'Master', cell: sampleCell({}), firstBad: null, lastGood: null },
    ...{ isFlapping: false, rootCauses: [], history: [] },
    ...given,
  }
}

function markupOf(branches: readonly PackageBranch[]): string {
  const suspects = new Map([['master', <b key="master">SUSPECTS</b>]])
  return renderToStaticMarkup(<PackageCauses branches={branches} suspects={suspects} />)
}

const cause = { derivation: MAGMA, name: 'magma-2.7.2', status: 'failed', excerpt: null } as const

describe('PackageCauses', () => {
  it('is not there where nothing is broken', () => {
    expect(markupOf([branchOf({})])).toBe('')
  })

  it('leads from each broken branch to its root cause and shows its suspects', () => {
    const markup = markupOf([branchOf({ rootCauses: [cause] }), branchOf({ name: 'b', title: 'Fine' })])
    expect(markup).toContain('href="/derivations/4g7yjzpzj1rblvf8xi64pij364scz9px-magma-2.7.2.drv"')
    expect(markup).toContain('Its log was not read yet')
    expect(markup).toContain('SUSPECTS')
    expect(markup).not.toContain('Fine')
  })

  it('shows what the log tells, as text', () => {
    const lines = [{ number: 3, text: HOSTILE, isError: true }]
    const excerpt: PackageBranch['rootCauses'][number]['excerpt'] = {
      ...{ phase: null, lines, firstError: 3, verdict: 'found' },
    }
    const markup = markupOf([branchOf({ rootCauses: [{ ...cause, name: HOSTILE, excerpt }] })])
    expect(markup).toContain('-magma-2.7.2.drv#L3"')
    expect(markup).not.toContain('<img')
    expect(markup).not.toContain('not read yet')
  })

  it('has no link for what does not evaluate, and no log of it', () => {
    const message = { derivation: null, name: 'attribute missing', status: 'evaluation-failed', excerpt: null } as const
    const markup = markupOf([branchOf({ name: 'other', rootCauses: [message] })])
    expect(markup).toContain('attribute missing')
    expect(markup).toContain('No range of commits is known.')
    expect(markup).not.toContain('href=')
    expect(markup).not.toContain('not read yet')
  })
})

import { describe, expect, it } from 'vitest'
import { DATA_POLICY, pagePolicy } from './security-headers'

describe('pagePolicy', () => {
  const production = pagePolicy({ nonce: 'n0nce', isDevelopment: false })

  it('runs in production no script and applies no style element without the nonce', () => {
    expect(production).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';")
    expect(production).toContain("style-src 'self' 'nonce-n0nce';")
    expect(production).not.toContain('unsafe-eval')
    expect(production.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline')
  })

  it('does not turn http into https, because many installations stand in a private network', () => {
    expect(production).not.toContain('upgrade-insecure-requests')
  })

  it('lets nobody frame a page or an answer', () => {
    for (const policy of [production, DATA_POLICY]) expect(policy).toContain("frame-ancestors 'none'")
  })

  it('allows what the development server needs in development alone', () => {
    expect(pagePolicy({ nonce: 'n0nce', isDevelopment: true })).toContain("'unsafe-eval'")
  })
})

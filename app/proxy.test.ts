import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { ProblemSchema } from '@/lib/contract/problem'
import { proxy } from '@/proxy'

const ask = (path: string, method = 'GET') => proxy(new NextRequest(`http://localhost${path}`, { method }))

describe('The proxy', () => {
  it('answers a method that an address does not have with a problem that says which it has', async () => {
    const answer = ask('/api/v1/packages/pytorch', 'DELETE')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(ProblemSchema.parse(await answer.json()).title).toContain('DELETE')
  })

  it.each(['/api/v1/matrix', '/badge/master/pytorch.svg', '/feed.atom'])('lets other sites read %s', (path) => {
    expect(ask(path).headers.get('access-control-allow-origin')).toBe('*')
    expect(ask(path, 'OPTIONS').status).toBe(204)
  })

  it('lets other sites start nothing, and read no page', () => {
    expect(ask('/api/v1/sync', 'POST').headers.get('access-control-allow-origin')).toBeNull()
    for (const page of ['/', '/api', '/sign-in']) {
      expect(ask(page).headers.get('access-control-allow-origin')).toBeNull()
      expect(ask(page).headers.get('content-security-policy')).toContain("'nonce-")
    }
  })

  it('leaves to the handlers what they answer', () => {
    for (const [path, method] of [
      ['/api/v1/sync', 'POST'],
      ['/api/v1/unknown', 'PUT'],
      ['/healthz', 'GET'],
    ] as const) {
      expect(ask(path, method).headers.get('x-middleware-next')).toBe('1')
    }
  })
})

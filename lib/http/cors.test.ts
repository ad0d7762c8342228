import { describe, expect, it } from 'vitest'
import { corsHeaders, isForEveryone, preflight } from './cors'

describe('Other sites', () => {
  it.each(['/api/v1/matrix', '/badge/master/pytorch.svg', '/feed.atom', '/feed/master.atom'])('may read %s', (path) => {
    expect(isForEveryone(path)).toBe(true)
  })

  it.each(['/', '/api', '/sign-in', '/metrics', '/feeds', '/apiary/x', '/sync'])(
    'get nothing special of %s',
    (path) => {
      expect(isForEveryone(path)).toBe(false)
    },
  )

  it('may read whatever is only read, tags and limits too', () => {
    for (const method of ['GET', 'HEAD']) {
      expect(corsHeaders(method)).toMatchObject({ 'access-control-allow-origin': '*' })
      expect(corsHeaders(method)['access-control-expose-headers']).toMatch(/ETag.*RateLimit.*Retry-After/)
    }
  })

  it('may start nothing, and never come with a session', () => {
    expect(corsHeaders('POST')).toEqual({})
    expect(preflight().headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS')
    for (const headers of [new Headers(corsHeaders('GET')), preflight().headers]) {
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})

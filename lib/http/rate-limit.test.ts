import { describe, expect, it } from 'vitest'
import { takeRequest } from './rate-limit'

const limit = { name: 'costly', perMinute: 2 }

describe('takeRequest', () => {
  it('grants as many as the limit says, then tells when to come again, in the words of the standard', async () => {
    const limiters = new Map()
    const taken = []
    for (let count = 0; count < 3; count++) taken.push(await takeRequest('192.0.2.1', limit, limiters))

    expect(taken.map(({ retryAfterSeconds }) => retryAfterSeconds !== null)).toEqual([false, false, true])
    expect(taken.map(({ headers }) => headers.ratelimit?.replace(/t=\d+/, 't=T'))).toEqual([
      '"costly";r=1;t=T',
      '"costly";r=0;t=T',
      '"costly";r=0;t=T',
    ])
    for (const { headers } of taken) expect(headers['ratelimit-policy']).toBe('"costly";q=2;w=60')
    const seconds = taken[2]?.retryAfterSeconds ?? 0
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(taken[2]?.headers['retry-after']).toBe(String(seconds))
    expect(taken[0]?.headers).not.toHaveProperty('retry-after')
  })

  it('counts each client for itself', async () => {
    const limiters = new Map()
    for (let count = 0; count < 3; count++) await takeRequest('192.0.2.1', limit, limiters)
    expect((await takeRequest('192.0.2.2', limit, limiters)).retryAfterSeconds).toBeNull()
  })

  it('limits nobody when the limit is 0, and promises nothing', async () => {
    const limiters = new Map()
    expect(await takeRequest('192.0.2.1', { name: 'costly', perMinute: 0 }, limiters)).toEqual({
      retryAfterSeconds: null,
      headers: {},
    })
  })
})

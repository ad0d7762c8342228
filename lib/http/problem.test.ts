import { describe, expect, it } from 'vitest'
import { problem } from './problem'

describe('problem', () => {
  it('is a problem+json document that carries its status, title and further members', async () => {
    const response = problem(409, 'A sync runs already', { id: 'abc' })

    expect(response.status).toBe(409)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({ type: 'about:blank', title: 'A sync runs already', status: 409, id: 'abc' })
  })

  it('is never stored by a cache and keeps the headers it is given', () => {
    const response = problem(401, 'Send the token', {}, { 'www-authenticate': 'Bearer' })

    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })
})

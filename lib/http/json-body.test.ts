import { describe, expect, it } from 'vitest'
import { readJsonBody } from './json-body'

function posting(body?: string): Request {
  return new Request('http://localhost/api/v1/sync', { method: 'POST', ...(body !== undefined && { body }) })
}

describe('readJsonBody', () => {
  it.each([undefined, '', ' \n'])('takes %j for no body', async (body) => {
    expect(await readJsonBody(posting(body))).toEqual({ ok: true, value: undefined })
  })

  it('reads JSON', async () => {
    expect(await readJsonBody(posting('{"full":true}'))).toEqual({ ok: true, value: { full: true } })
  })

  it('refuses what is not JSON, and what is too long, in words', async () => {
    expect(await readJsonBody(posting('{full'))).toMatchObject({
      ok: false,
      title: expect.stringContaining('not JSON'),
    })
    expect(await readJsonBody(posting(' '.repeat(10_001)))).toMatchObject({
      ok: false,
      title: expect.stringContaining('longer than'),
    })
  })
})

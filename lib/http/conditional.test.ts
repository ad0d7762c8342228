import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json, respond } from './conditional'

const address = 'http://localhost/api/v1/matrix'
const text = { contentType: 'text/plain', maxAgeSeconds: 60 }

function asking(ifNoneMatch?: string): Request {
  return new Request(address, ifNoneMatch === undefined ? {} : { headers: { 'if-none-match': ifNoneMatch } })
}

describe('respond', () => {
  it('says that compression changes the bytes: the tag is weak, and answers vary by encoding, not modified ones too', () => {
    const answer = respond(asking(), { ...text, body: 'fact' })
    expect(answer.headers.get('etag')).toMatch(/^W\/"[\w-]+"$/)
    for (const one of [answer, respond(asking('*'), { ...text, body: 'fact' })]) {
      expect(one.headers.get('vary')).toBe('accept-encoding')
    }
  })

  it('answers 304 without a body to whoever sends back the tag, in every form that RFC 9110 allows', async () => {
    const etag = respond(asking(), { ...text, body: 'fact' }).headers.get('etag') ?? ''

    for (const held of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const answer = respond(asking(held), { ...text, body: 'fact' })
      expect(answer.status).toBe(304)
      expect(answer.headers.get('etag')).toBe(etag)
      expect(await answer.text()).toBe('')
    }
  })

  it('sends the body to whoever holds an older one', async () => {
    const older = respond(asking(), { ...text, body: 'older' }).headers.get('etag') ?? ''
    const answer = respond(asking(older), { ...text, body: 'newer' })

    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('newer')
  })

  it('gives equal bodies equal tags and different bodies different tags', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [one, other] = [a, b].map((body) => respond(asking(), { ...text, body }).headers.get('etag'))
        expect(one === other).toBe(a === b)
      }),
    )
  })

  it('lets caches keep an answer for its time, and makes them ask again when that is 0', () => {
    const kept = respond(asking(), { ...text, body: '' })
    const asked = respond(asking(), { ...text, body: '', maxAgeSeconds: 0 })

    expect(kept.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=300')
    expect(asked.headers.get('cache-control')).toBe('no-cache')
  })
})

describe('json', () => {
  it('says that it is JSON', async () => {
    const answer = json(asking(), { a: 1 }, { maxAgeSeconds: 60 })

    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await answer.json()).toEqual({ a: 1 })
  })
})

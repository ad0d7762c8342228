import { describe, expect, it } from 'vitest'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { GET, POST } from './route'

const context = { params: Promise.resolve({ package: 'torch' }) }
const address = 'http://localhost/api/v1/packages/torch/suspects'

describe('/api/v1/packages/{package}/suspects', () => {
  it.each([
    ['no branch', '', 'Parameter "branch" must name a branch'],
    ['an empty branch', '?branch=', 'Parameter "branch" must name a branch'],
    ['two branches', '?branch=a&branch=b', 'Parameter "branch" may be given once only'],
    ['an unknown parameter', '?branch=a&limit=3', 'There is no parameter "limit"; known are branch'],
  ])('refuses %s and tells what to send', async (_case, query, title) => {
    const asked = new Request(`${address}${query}`)
    for (const answer of [
      await checkAnswer('GET /api/v1/packages/{package}/suspects', await GET(asked, context)),
      await checkAnswer('POST /api/v1/packages/{package}/suspects', await POST(asked, context)),
    ]) {
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ title })
    }
  })
})

import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { expect, test } from './test'

test.use({
  environment: async ({ environment }, use) => use({ ...environment, RATE_LIMIT_PER_MINUTE: '3' }),
  installation: 'unreachable',
})

test('whoever asks too much is told when to come again, and may still read what costs little', async ({
  dashboard,
}) => {
  const statuses: number[] = []
  let last: Response | undefined
  for (let count = 0; count < 4; count++) {
    last = await checkAnswer('GET /api/v1/diff', await fetch(`${dashboard.url}/api/v1/diff?branch=nixos-unstable`))
    statuses.push(last.status)
  }
  expect(statuses).toEqual([404, 404, 404, 429])
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(last?.headers.get('ratelimit')).toMatch(/^"costly";r=0;t=\d+$/)
  expect(last?.headers.get('access-control-allow-origin')).toBe('*')
  expect((await fetch(`${dashboard.url}/api/v1/matrix`)).status).toBe(200)
})

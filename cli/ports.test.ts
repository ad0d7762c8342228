import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { freePortFrom, isPortFree } from './ports'

it('passes over a port that is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  expect(await isPortFree(port, '127.0.0.1')).toBe(false)
  expect(await freePortFrom(port, '127.0.0.1')).toBeGreaterThan(port)
})

import { expect, it } from 'vitest'
import { expectConsole, recordConsole, strayConsole } from './console'

it('tells what was printed without being expected', () => {
  expectConsole('warn', /old/)
  console.warn('getting old')
  console.error('broken', new Error('why'))
  const stray = strayConsole()
  recordConsole()
  expect(stray).toHaveLength(1)
  expect(stray[0]).toMatch(/^console\.error: broken Error: why/)
})

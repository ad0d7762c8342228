import { afterEach, beforeEach, expect } from 'vitest'
import { recordConsole, strayConsole } from './console'

beforeEach(recordConsole)
afterEach(() => {
  expect(strayConsole(), 'printed without expectConsole()').toEqual([])
})

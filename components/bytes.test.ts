import { expect, it } from 'vitest'
import { byteWords } from './bytes'

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [288_817_664, '275 MiB'],
  [5 * 2 ** 40, '5.0 TiB'],
])('says %i bytes as %s', (bytes, words) => {
  expect(byteWords(bytes).replace('\u00a0', ' ')).toBe(words)
})

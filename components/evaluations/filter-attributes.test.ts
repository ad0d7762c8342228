import { expect, it } from 'vitest'
import type { Status } from '@/lib/domain/status'
import { filterAttributes } from './filter-attributes'

const one = (name: string, status: Status, cause?: string) => ({
  package: name,
  attribute: `python3Packages.${name}`,
  system: null,
  variant: null,
  status,
  mayFail: false,
  derivation: null,
  version: null,
  rootCauses: cause === undefined ? [] : [{ derivation: null, name: cause, status: 'failed' as const }],
})
const ALL = [one('torch', 'dependency-failed', 'magma-2.6'), one('jax', 'succeeded'), one('Aria', 'failed', 'aria-1')]
const names = (q: string, status: Status[] = []) => filterAttributes(ALL, { q, status }).map((found) => found.package)

it.each([
  ['', ['torch', 'jax', 'Aria']],
  ['  ARIA ', ['Aria']],
  ['python3packages.j', ['jax']],
  ['magma', ['torch']],
  ['nothing', []],
])('%j finds %j', (q, found) => {
  expect(names(q)).toEqual(found)
})

it('leaves the chosen statuses, all of them where none is chosen, and only what matches the text too', () => {
  expect(names('', ['failed', 'succeeded'])).toEqual(['jax', 'Aria'])
  expect(names('torch', ['failed'])).toEqual([])
})

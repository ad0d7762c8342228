import { expect, it } from 'vitest'
import { sampleCell } from '@/components/sample-cells'
import { logOf, openLog } from './cell-actions'

const TORCH = '/nix/store/0-torch.drv'
const MAGMA = '/nix/store/1-magma-2.7.2.drv'
const rootCauses = [{ derivation: MAGMA, name: 'magma-2.7.2', status: 'failed' as const }]

it('The log of a cell is that of what was built, and of a blocked one that of its root cause', () => {
  expect(logOf(sampleCell({ status: 'failed', derivation: TORCH, rootCauses }))).toBe(TORCH)
  expect(logOf(sampleCell({ status: 'dependency-failed', derivation: TORCH, rootCauses }))).toBe(MAGMA)
  expect(logOf(sampleCell({ status: 'dependency-failed', derivation: TORCH, rootCauses: [] }))).toBe(TORCH)
})

it('The key for logs leads to our own page where a derivation is known', () => {
  const gone: string[] = []
  expect(openLog(sampleCell({ derivation: TORCH }), (address) => gone.push(address))).toBe('')
  expect(gone).toEqual(['/derivations/0-torch.drv#log'])
})

it('What has neither derivation nor source says so', () => {
  const nowhere = () => expect.unreachable()
  expect(openLog(sampleCell({ derivation: null, url: null }), nowhere)).toBe('This cell has no build to open.')
  expect(openLog(undefined, nowhere)).toBe('This cell has no build to open.')
})

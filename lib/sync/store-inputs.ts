import 'server-only'
import { insertRows } from '@/lib/db/bulk'
import type { Tx } from '@/lib/db/client'
import { parseStorePath } from '@/lib/domain/derivation-name'
import type { ObservedDerivation } from '@/lib/sources/source'

/** Keeps what a derivation is built from; a derivation is its inputs, so those stored once never change. */
export async function storeInputs(tx: Tx, derivationId: number, inputs: ObservedDerivation['inputs']): Promise<void> {
  const paths = new Set(inputs.map(({ derivation }) => derivation).filter((path) => parseStorePath(path) !== null))
  const rows = [...paths].map((input) => [derivationId, input])
  await insertRows(tx, { table: 'DerivationInput', columns: ['derivationId', 'input'], rows, onConflict: 'ignore' })
}

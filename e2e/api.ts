import { type Matrix, MatrixSchema } from '@/lib/contract/matrix'
import type { Dashboard } from './dashboard'

/** The JSON twin of the matrix. */
export async function readMatrixJson({ url }: Dashboard, query = ''): Promise<Matrix> {
  const response = await fetch(`${url}/api/v1/matrix${query}`)
  return MatrixSchema.parse(await response.json())
}

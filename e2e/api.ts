import { type Matrix, MatrixSchema } from '@/lib/contract/matrix'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import type { Dashboard } from './dashboard'

/** The JSON twin of the matrix. */
export async function readMatrixJson({ url }: Dashboard, query = ''): Promise<Matrix> {
  const response = await fetch(`${url}/api/v1/matrix${query}`)
  await checkAnswer('GET /api/v1/matrix', response)
  return MatrixSchema.parse(await response.json())
}

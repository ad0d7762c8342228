import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { EvaluationDetail } from '@/lib/contract/evaluations'
import { db as openDatabase } from '@/lib/db/client'
import { readDiffAttributes } from './diff-sides'
import { foldCauses } from './fold-causes'
import { toListed } from './listed-evaluation'
import type { ReadTools } from './matrix'
import { readPresentCauses } from './present-causes'
import { storable } from './storable'

/** One evaluation with all its attributes, by its public id; null when there is none. */
export async function readEvaluationDetail(key: string, tools: ReadTools = {}): Promise<EvaluationDetail | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const stored = await db.evaluation.findUnique({ where: { key: storable(key) } })
  if (stored === null) return null
  const attributes = await readDiffAttributes(db, stored.id)
  const counts: EvaluationDetail['counts'] = {}
  for (const { status } of attributes) counts[status] = (counts[status] ?? 0) + 1
  return {
    branch: stored.branch,
    evaluation: toListed(stored),
    counts,
    rootCauses: await readPresentCauses(
      db,
      config,
      foldCauses(attributes.map(({ row, rootCauses }) => ({ package: row, rootCauses }))),
    ),
    attributes: attributes.map((one) => ({
      package: one.row,
      attribute: one.attribute,
      system: one.system,
      variant: one.variant,
      status: one.status,
      mayFail: one.judgement === 'may-fail',
      derivation: one.derivation,
      version: one.version,
      rootCauses: [...one.rootCauses],
    })),
  }
}

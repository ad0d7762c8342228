import 'server-only'
import type { MatrixParams } from '@/lib/contract/matrix'
import { emptySql, joinSql, type Sql, sql } from '@/lib/db/sql'
import { storable } from './storable'

type LaneParams = Pick<MatrixParams, 'system' | 'variant'>

/** Of the cells `c`: those of their row, or, where systems or variants are chosen, the lanes of those. */
export function laneCondition(params: LaneParams): Sql {
  if (!isByLane(params)) return sql`c."lane" = ''`
  const system = params.system.length === 0 ? emptySql : sql` AND c."system" IN (${namesOf(params.system)})`
  const variant = params.variant.length === 0 ? emptySql : sql` AND c."variant" IN (${namesOf(params.variant)})`
  return sql`c."lane" <> ''${system}${variant}`
}

/** Do system or variant choose other lanes than the row's own cell? */
export function isByLane({ system, variant }: LaneParams): boolean {
  return system.length > 0 || variant.length > 0
}

function namesOf(names: readonly string[]): Sql {
  return joinSql(names.map(storable))
}

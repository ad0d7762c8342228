import type { Cell, MatrixPackage } from '@/lib/contract/matrix'

/** Per package the branches whose cell says something else than before; packages that were not there are left out. */
export function changedCells(
  before: readonly MatrixPackage[],
  after: readonly MatrixPackage[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map(before.map((row) => [row.name, row]))
  const changed = new Map<string, ReadonlySet<string>>()
  for (const row of after) {
    const old = known.get(row.name)
    if (old === undefined || old === row) continue
    const branches = Object.keys({ ...old.cells, ...row.cells }).filter((name) =>
      differs(old.cells[name], row.cells[name]),
    )
    if (branches.length > 0) changed.set(row.name, new Set(branches))
  }
  return changed
}

function differs(before: Cell | undefined, after: Cell | undefined): boolean {
  return sayingOf(before) !== sayingOf(after)
}

function sayingOf(cell: Cell | undefined): string {
  return cell === undefined
    ? ''
    : [cell.status, cell.ready, cell.presence, cell.version, cell.rootCauses[0]?.name].join('\n')
}

/** A place in the grid: column 0 is the name, branches follow. */
export interface CellCursor {
  readonly row: number
  readonly column: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
}

export interface GridKey {
  readonly key: string
  readonly ctrlKey: boolean
  /** May single letters move as well? */
  readonly letters: boolean
}

const PAGE_ROWS = 10

/** Where a key leads from a place of the grid; null when it does not move. Never leaves the grid. */
export function cursorAfter({ key, ctrlKey, letters }: GridKey, from: CellCursor, size: GridSize): CellCursor | null {
  const step = ctrlKey ? CORNERS.get(key) : (STEPS.get(key) ?? (letters ? LETTERS.get(key) : undefined))
  if (step === undefined || size.rows === 0) return null
  const to = step(from, size)
  return { row: clamp(to.row, size.rows), column: clamp(to.column, size.columns) }
}

type Step = (from: CellCursor, size: GridSize) => CellCursor

const down =
  (rows: number): Step =>
  ({ row, column }) => ({ row: row + rows, column })
const right =
  (columns: number): Step =>
  ({ row, column }) => ({ row, column: column + columns })

const STEPS: ReadonlyMap<string, Step> = new Map([
  ['ArrowDown', down(1)],
  ['ArrowUp', down(-1)],
  ['ArrowRight', right(1)],
  ['ArrowLeft', right(-1)],
  ['PageDown', down(PAGE_ROWS)],
  ['PageUp', down(-PAGE_ROWS)],
  ['Home', right(Number.NEGATIVE_INFINITY)],
  ['End', right(Number.POSITIVE_INFINITY)],
])
const LETTERS: ReadonlyMap<string, Step> = new Map([
  ['j', down(1)],
  ['k', down(-1)],
])
const CORNERS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['Home', () => ({ row: 0, column: 0 })],
  ['End', (_from, { rows, columns }) => ({ row: rows - 1, column: columns - 1 })],
])

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}

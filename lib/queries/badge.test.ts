import { expect, it } from 'vitest'
import { type CellState, cellState } from '@/components/cell-state'
import type { BadgeAsked } from '@/lib/contract/badge'
import { type MatrixBranch, MatrixParamsSchema } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import type { Mark } from '@/lib/domain/cell-word'
import { PRESENCES } from '@/lib/domain/presence'
import { STATUSES } from '@/lib/domain/status'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readBadge } from './badge'
import { readMatrix } from './matrix'
import { addCell, addColumn, addEvaluation, addRow, type CellParts, hour, queryConfig } from './testing/rows'

const config = queryConfig({
  branches: [{ name: 'nixos-unstable' }, { name: 'master', title: 'trunk' }, { name: 'release', ref: 'nixos-??.??' }],
})
const NOW = hour(100)
const FRESH = NOW.getTime()

/** What the badge says where the matrix shows this mark and the facts are fresh. */
const WORD_OF_MARK: Record<Mark, string> = {
  ready: 'passing',
  'built-not-cached': 'passing, not cached',
  'built-evicted': 'passing, evicted',
  'built-untrusted': 'passing, untrusted cache',
  'built-unknown': 'passing, cache unknown',
  failed: 'failing',
  blocked: 'broken dependency',
  'timed-out': 'timed out',
  'evaluation-failed': 'does not evaluate',
  building: 'building',
  queued: 'queued',
  cancelled: 'cancelled',
  unknown: 'unknown',
  absent: 'not in this set',
}

const READY = { isReady: true, outputs: { out: { near: { presence: 'cached' } } } } as const

const STATES: readonly Partial<CellParts>[] = [
  READY,
  ...STATUSES.map((status) => ({ status, outputs: null })),
  ...PRESENCES.map((presence) => ({ outputs: { out: { near: { presence } } } })),
  { outputs: { out: { near: { presence: 'cached' } }, dev: { far: { presence: 'evicted' } } } },
  { status: 'failed', judgement: 'must-fail' },
]

function wordOf({ mark, word, isStale }: CellState, { freshness }: MatrixBranch): string {
  if (isStale) return `stale ${word.replace(/ old$/, '')}`
  return freshness === 'never' ? 'no data' : WORD_OF_MARK[mark]
}

describeOnBothDatabases('A badge', (fresh) => {
  const ask = (db: Db, asked: BadgeAsked, now = NOW) => readBadge(asked, now, { db, config })
  const askPackage = (db: Db, name: string, branch: string | null = null) =>
    ask(db, { kind: 'package', package: name, branch })

  /** The source was read just now, so that only the age of an evaluation makes a branch stale. */
  async function begin(): Promise<Db> {
    const db = await fresh()
    await db.sourceState.create({ data: { source: 'ci', readMs: FRESH } })
    return db
  }

  async function column(db: Db, branch: string, at = 99, ref = branch): Promise<number> {
    const evaluationId = await addEvaluation(db, at, { branch, ref })
    await addColumn(db, evaluationId, { branch, ref })
    return evaluationId
  }

  const cell = (db: Db, branch: string, evaluationId: number, parts: Partial<CellParts> = {}) =>
    addCell(db, { row: 'torch', branch, evaluationId, ...parts })

  it('says of every cell what the matrix says of it, fresh and stale, in every state that there is', async () => {
    const db = await begin()
    const [newest, old] = [await column(db, 'nixos-unstable'), await column(db, 'master', 1)]
    const other = await addEvaluation(db, 50, { handler: 'OnSchedule/weekly', branch: 'master' })
    for (const [index, state] of STATES.entries()) {
      const row = `row-${index}`
      await addRow(db, row)
      await addCell(db, { row, branch: 'nixos-unstable', evaluationId: newest, ...state })
      await addCell(db, { row, branch: 'master', evaluationId: index % 2 === 0 ? old : other, ...state })
    }
    await addRow(db, 'nowhere')

    const matrix = await readMatrix(MatrixParamsSchema.parse({}), NOW, { db, config })
    expect(matrix.packages).toHaveLength(STATES.length + 1)
    for (const { name, cells } of matrix.packages) {
      for (const head of matrix.branches) {
        const shown = cellState(cells[head.name], head, NOW)
        const badge = await askPackage(db, name, head.name)
        expect(badge.message, `${name} on ${head.name}`).toBe(wordOf(shown, head))
        expect(badge.tone === 'good', `${name} on ${head.name}`).toBe(shown.word === 'ready')
      }
    }
  })

  it('over all branches counts those where it is ready', async () => {
    const db = await begin()
    await addRow(db, 'torch')
    for (const branch of ['nixos-unstable', 'master']) await cell(db, branch, await column(db, branch), READY)
    expect(await askPackage(db, 'torch')).toMatchObject({ label: 'torch', message: 'passing on 2 of 3', tone: 'part' })
    const release = await column(db, 'release')
    expect(await askPackage(db, 'torch')).toMatchObject({ message: 'passing', tone: 'good' })
    await cell(db, 'release', release, { status: 'failed' })
    expect(await askPackage(db, 'torch')).toMatchObject({ message: 'passing on 2 of 3', tone: 'part' })
  })

  it('finds a branch by its name and by the ref that it follows now, and is labelled by its title', async () => {
    const db = await begin()
    await addRow(db, 'torch')
    await cell(db, 'release', await column(db, 'release', 99, 'nixos-26.05'), READY)
    const expected = { label: 'torch on nixos-26.05', message: 'passing', tone: 'good', isError: false }
    expect(await askPackage(db, 'torch', 'release')).toMatchObject(expected)
    expect(await askPackage(db, 'torch', 'nixos-26.05')).toMatchObject(expected)
    expect(await askPackage(db, 'torch', 'nixos-25.11')).toMatchObject({ message: 'no such branch', isError: true })
    expect(await askPackage(db, 'torch', 'master')).toMatchObject({ label: 'torch on trunk', message: 'no data' })
  })

  it('says what does not exist, in grey', async () => {
    const db = await begin()
    await column(db, 'master')
    await addRow(db, 'torch')
    const hostile = '<script>\u0000\'; DROP TABLE "Row"; --%_'
    for (const [asked, message] of [
      [{ kind: 'package', package: hostile, branch: null }, 'no such package'],
      [{ kind: 'package', package: hostile, branch: 'master' }, 'no such package'],
      [{ kind: 'package', package: 'torch', branch: hostile }, 'no such branch'],
      [{ kind: 'ready', branch: hostile }, 'no such branch'],
      [{ kind: 'ready', branch: null }, 'no branch given'],
    ] as const satisfies readonly (readonly [BadgeAsked, string])[]) {
      expect(await ask(db, asked)).toMatchObject({ message, tone: 'idle', isError: true })
    }
  })

  it('of an empty database says no data, whatever is asked', async () => {
    const db = await fresh()
    for (const asked of [
      { kind: 'package', package: 'torch', branch: null },
      { kind: 'package', package: 'torch', branch: 'master' },
      { kind: 'ready', branch: 'master' },
      { kind: 'matrix', packages: [], branches: [] },
      { kind: 'matrix', packages: ['torch'], branches: ['master'] },
    ] as const satisfies readonly BadgeAsked[]) {
      expect(await ask(db, asked)).toMatchObject({ message: 'no data', tone: 'idle', isError: false })
    }
  })

  it('tells how many packages of a branch are ready, and how old that is', async () => {
    const db = await begin()
    await column(db, 'master')
    await db.branchState.create({ data: { branch: 'master', counts: '{}', ready: 61, packages: 68 } })
    const ready = { kind: 'ready', branch: 'master' } as const
    expect(await ask(db, ready)).toMatchObject({ label: 'trunk', message: '61/68 ready', tone: 'part' })
    expect(await ask(db, ready, hour(99 + 5 * 24))).toMatchObject({ message: '61/68 ready, stale 5 d', tone: 'idle' })
  })

  it('of a matrix draws what the badge of each place says', async () => {
    const db = await begin()
    await addRow(db, 'torch', { headline: 0 })
    await addRow(db, 'blender')
    await cell(db, 'master', await column(db, 'master'), READY)
    const unstable = await column(db, 'nixos-unstable')
    await cell(db, 'nixos-unstable', unstable, { status: 'dependency-failed' })
    await addCell(db, { row: 'blender', branch: 'nixos-unstable', evaluationId: unstable, status: 'building' })

    const chosen = { packages: ['blender', 'torch', 'none'], branches: ['nixos-unstable', 'gone', 'nixos-unstable'] }
    const { grid, message, tone } = await ask(db, { kind: 'matrix', ...chosen })
    expect(grid?.branches).toEqual(['nixos-unstable', 'gone'])
    expect(grid?.rows.map(({ name, badges }) => [name, badges.map(({ word }) => word)])).toEqual([
      ['blender', ['building', 'no such branch']],
      ['torch', ['broken dependency', 'no such branch']],
      ['none', ['no such package', 'no such branch']],
    ])
    expect({ message, tone }).toEqual({ message: 'passing on 0 of 6', tone: 'bad' })

    const headline = await ask(db, { kind: 'matrix', packages: [], branches: [] })
    expect(headline.grid?.branches).toEqual(['nixos-unstable', 'trunk', 'release'])
    expect(headline.grid?.rows).toMatchObject([
      { name: 'torch', badges: [{ word: 'broken dependency' }, { word: 'passing' }, { word: 'no data' }] },
    ])
  })

  it('of more packages than one image holds says how many are left out', async () => {
    const packages = Array.from({ length: 53 }, (_, index) => `p${index}`)
    const { grid } = await ask(await begin(), { kind: 'matrix', packages, branches: ['master'] })
    expect(grid).toMatchObject({ more: 3 })
    expect(grid?.rows).toHaveLength(50)
  })
})

import { expect, it } from 'vitest'
import { MatrixParamsSchema, MatrixSchema } from '@/lib/contract/matrix'
import type { Db } from '@/lib/db/client'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readMatrix } from './matrix'
import {
  addCell,
  addColumn,
  addEvaluation,
  addRow,
  type CellParts,
  hour,
  queryConfig,
  revision,
  storePath,
} from './testing/rows'

const config = queryConfig()
const LINUX = 'x86_64-linux'

describeOnBothDatabases('A cell of the matrix', (fresh) => {
  async function readCell(db: Db, view: 'full' | 'compact' = 'full', branch = 'nixos-unstable') {
    const matrix = await readMatrix(MatrixParamsSchema.parse({ view }), hour(10), { db, config })
    expect(MatrixSchema.parse(matrix)).toEqual(matrix)
    return matrix.packages[0]?.cells[branch]
  }

  /** A database whose only row `pytorch` has this cell, made by evaluation 4 of 1 to 4. */
  async function cellOf(parts: Partial<CellParts> = {}, error?: string) {
    const db = await fresh()
    for (const number of [1, 2, 3]) await addEvaluation(db, number)
    const evaluationId = await addEvaluation(db, 4, error === undefined ? {} : { state: 'failed', error })
    await addColumn(db, evaluationId)
    await addRow(db, 'pytorch')
    await addCell(db, { row: 'pytorch', evaluationId, ...parts })
    return { db, evaluationId, cell: await readCell(db) }
  }

  it('says what was built and links to it', async () => {
    const { cell } = await cellOf({ system: LINUX, variant: 'basic', version: '1.11.0', isReady: true })
    expect(cell).toMatchObject({
      status: 'succeeded',
      ready: true,
      mayFail: false,
      attribute: `${LINUX}.basic.pytorch`,
      system: LINUX,
      variant: 'basic',
      derivation: storePath(`${LINUX}.basic.pytorch-1.11.0-4.drv`),
      version: '1.11.0',
      rootCauses: [],
      from: null,
    })
    expect(cell?.url).toMatch(
      /^https:\/\/hercules-ci\.com\/accounts\/github\/a\/derivations\/%2Fnix.*-4\.drv\/log\?via-job=job-4$/,
    )
  })

  it('has no version where its derivation’s name holds none, and links to the evaluation where there is no derivation', async () => {
    expect((await cellOf({ version: null })).cell?.version).toBeNull()
    const { cell } = await cellOf({ outputs: null, status: 'evaluation-failed' })
    expect(cell).toMatchObject({ derivation: null, version: null, url: 'https://ci.example/jobs/4', outputs: [] })
  })

  it('names its evaluations by key, time and the revision that one could pin', async () => {
    const past = { since: 3, lastGood: 2, lastReady: 1, undecidedSince: 4 }
    const { cell } = await cellOf({ status: 'building', ...past })
    const at = (number: number) => ({ evaluation: `nixos-unstable ${number}`, at: hour(number).toISOString() })
    expect(cell).toMatchObject({
      since: at(3),
      lastGood: { ...at(2), nixpkgsRevision: revision(2) },
      lastReady: { ...at(1), nixpkgsRevision: revision(1) },
      undecidedSince: at(4),
    })
  })

  it('says null where nothing of the kind was ever seen', async () => {
    const { cell } = await cellOf({ status: 'failed' })
    expect(cell).toMatchObject({ since: null, lastGood: null, lastReady: null, undecidedSince: null })
  })

  it('of an absent package still speaks of the past', async () => {
    const { cell } = await cellOf({ status: 'absent', lastGood: 2 })
    expect(cell).toMatchObject({ status: 'absent', attribute: null, derivation: null, rootCauses: [] })
    expect(cell?.lastGood?.evaluation).toBe('nixos-unstable 2')
  })

  it('names its own root causes, nearest first', async () => {
    const causes = [
      { name: 'magma-2.6.2', status: 'failed' },
      { name: 'nccl-2.10', status: 'timed-out' },
    ] as const
    const { cell } = await cellOf({ status: 'dependency-failed', causes })
    expect(cell?.rootCauses).toEqual(causes.map((cause) => ({ derivation: storePath(`${cause.name}.drv`), ...cause })))
  })

  it('names the one cause of an evaluation that failed as a whole, what varies from day to day masked', async () => {
    const error = `error: path '${storePath('source')}' line 12 is bad\nand more`
    const whole = { row: 'pytorch', status: 'evaluation-failed', outputs: null } as const
    const { cell } = await cellOf(whole, error)
    expect(cell?.rootCauses).toEqual([
      { derivation: null, name: "error: path '/nix/store/…-source' line # is bad", status: 'evaluation-failed' },
    ])
  })

  it('that succeeded in such an evaluation has no cause', async () => {
    expect((await cellOf({}, 'error: partly broken')).cell?.rootCauses).toEqual([])
  })

  it('tells what may fail', async () => {
    const { cell } = await cellOf({ status: 'failed', judgement: 'may-fail' })
    expect(cell).toMatchObject({ status: 'failed', mayFail: true })
  })

  it('shows a status of a later version as unknown', async () => {
    const { db } = await cellOf()
    await db.cell.updateMany({ data: { status: 99 } })
    expect((await readCell(db))?.status).toBe('unknown')
  })

  it('has its strip oldest first, and the health that changed now', async () => {
    const { cell } = await cellOf({ strip: ['absent', 'failed', 'building', 'succeeded'], isChanged: true })
    expect(cell).toMatchObject({ strip: ['absent', 'failed', 'building', 'succeeded'], changed: true })
  })

  it('names the other attributes of its package in evaluation order, itself left out', async () => {
    const { db, evaluationId } = await cellOf({ system: LINUX, variant: 'basic' })
    const lane = { row: 'pytorch', evaluationId, system: LINUX }
    await addCell(db, { ...lane, variant: 'openmpi', lane: 7, status: 'queued' })
    await addCell(db, { ...lane, variant: 'cuda', lane: 3, status: 'failed' })
    expect((await readCell(db))?.others).toEqual([
      { attribute: `${LINUX}.cuda.pytorch`, status: 'failed' },
      { attribute: `${LINUX}.openmpi.pytorch`, status: 'queued' },
    ])
  })

  it('tells which evaluation decides when it is not the column’s', async () => {
    const { db, evaluationId } = await cellOf()
    const column = await addEvaluation(db, 9, { source: 'ci' })
    await db.feed.updateMany({ data: { evaluationId: column } })
    await addColumn(db, evaluationId, { feed: 'ci OnSchedule/weekly', place: 1 })
    expect((await readCell(db))?.from).toMatchObject({ id: 'nixos-unstable 4', source: 'ci', index: 4 })
  })

  it('leaves outputs, others and strip out of the compact view, and says all else', async () => {
    const outputs = { out: { near: { presence: 'untrusted', checkedAt: hour(9) } } } as const
    const { db, cell } = await cellOf({ outputs, strip: ['succeeded'] })
    const { outputs: _outputs, others: _others, strip: _strip, ...rest } = cell ?? {}
    expect(await readCell(db, 'compact')).toEqual(rest)
    expect(rest).toMatchObject({ presence: 'untrusted' })
  })

  it('says absent, and nothing else, of a package that an evaluated branch never had', async () => {
    const { db } = await cellOf()
    await addColumn(db, await addEvaluation(db, 5, { branch: 'master' }), { branch: 'master' })
    expect(await readCell(db, 'full', 'master')).toMatchObject({
      status: 'absent',
      ready: false,
      presence: 'unchecked',
      attribute: null,
      outputs: [],
      strip: [],
      since: null,
    })
    expect(await readCell(db, 'compact', 'master')).not.toHaveProperty('outputs')
  })

  it('is none on a branch that was never evaluated: nothing is known of it', async () => {
    const { db } = await cellOf()
    expect(await readCell(db, 'full', 'release')).toBeUndefined()
  })
})

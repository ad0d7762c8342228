import { readdirSync, readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { PAGE_TEMPLATES, routeTemplate } from '@/lib/contract/openapi/route-template'
import { createMetrics } from '@/lib/metrics/metrics'
import { readMetrics } from '@/lib/queries/metrics'
import { addCell, addColumn, addEvaluation, addRow, hour, queryConfig } from '@/lib/queries/testing/rows'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { parseMetrics } from '@/lib/testing/parse-metrics'
import { gaugesOf } from './gauges'

const config = queryConfig()

describeOnBothDatabases('Metrics of what the database knows', (fresh) => {
  it('are valid, tell age, staleness, packages and causes, and leave out what is unknown', async () => {
    const db = await fresh()
    const evaluationId = await addEvaluation(db, 5)
    await addColumn(db, evaluationId)
    await addRow(db, 'jax')
    await addRow(db, 'torch')
    await addCell(db, { row: 'jax', evaluationId })
    await addCell(db, { row: 'torch', evaluationId, status: 'failed' })
    await addCell(db, { row: 'torch', evaluationId, status: 'failed', lane: 0, system: 'x86_64-linux' })
    await db.branchState.create({
      data: { branch: 'nixos-unstable', counts: '{}', unready: '{}', ready: 1, packages: 2 },
    })
    await db.sourceState.create({ data: { source: 'ci', readMs: BigInt(hour(6).getTime()) } })
    const cause = { kind: 'build', system: '', state: 'new', openedMs: 0n }
    await db.triage.create({ data: { ...cause, key: 'a', name: 'magma' } })
    await db.triage.create({ data: { ...cause, key: 'b', name: 'gone', closedMs: 1n } })
    await db.syncRun.create({
      data: { id: '1', trigger: 'schedule', status: 'done', startedMs: 0n, finishedMs: BigInt(hour(6).getTime()) },
    })

    const now = hour(7)
    const facts = await readMetrics(now, { db, config })
    const families = parseMetrics(await gaugesOf(facts, now).metrics())
    const value = (name: string, labels: Record<string, string> = {}) =>
      families
        .find((family) => family.name === `flakeboard_${name}`)
        ?.samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify(labels))?.value
    const branch = 'nixos-unstable'

    expect(value('branch_age_seconds', { branch })).toBe(2 * 3600)
    expect(value('branch_age_seconds', { branch: 'master' })).toBeUndefined()
    expect(value('branch_stale', { branch })).toBe(0)
    expect(value('branch_stale', { branch: 'master' })).toBe(1)
    expect(value('branch_behind_seconds', { branch })).toBeUndefined()
    expect([value('branch_ready_packages', { branch }), value('branch_packages', { branch })]).toEqual([1, 2])
    expect(value('branch_ready_packages', { branch: 'master' })).toBeUndefined()
    expect(value('branch_cells', { branch, status: 'failed' })).toBe(1)
    expect(value('root_causes_open', { state: 'new' })).toBe(1)
    expect(value('source_last_read_timestamp_seconds', { source: 'ci' })).toBe(hour(6).getTime() / 1000)
    expect(value('sync_last_end_timestamp_seconds', { result: 'done' })).toBe(hour(6).getTime() / 1000)
    expect(value('sync_running')).toBe(0)
  })

  it('are valid before anything was read', async () => {
    const facts = await readMetrics(hour(1), { db: await fresh(), config })
    const text = await gaugesOf(facts, hour(1)).metrics()
    expect(parseMetrics(text).find(({ name }) => name === 'flakeboard_branch_packages')?.samples).toEqual([])
  })

  it('have every name that the dashboard for Grafana asks for', async () => {
    const facts = await readMetrics(hour(1), { db: await fresh(), config })
    const all = Registry.merge([createMetrics().registry, gaugesOf(facts, hour(1))])
    const known = new Set(parseMetrics(await all.metrics()).map(({ name }) => name))
    const board = JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8'))
    const asked: string[] = board.panels.flatMap(({ targets = [] }: { targets?: { expr: string }[] }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(?:flakeboard|process|nodejs)_[a-z_]+/g) ?? []),
    )
    expect(asked.length).toBeGreaterThan(15)
    const plain = (name: string) => (known.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''))
    expect(asked.filter((name) => !known.has(plain(name)))).toEqual([])
  })
})

describe('The dashboard for Grafana', () => {
  const board = JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8'))

  it('can be imported anywhere: it asks for its data source, and its panels have ids and places of their own', () => {
    expect(board.schemaVersion).toBeGreaterThanOrEqual(39)
    expect(board.templating.list).toContainEqual(expect.objectContaining({ type: 'datasource', query: 'prometheus' }))
    const ids = board.panels.map(({ id }: { id: number }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type, datasource } of board.panels) {
      if (type !== 'row')
        expect(datasource).toEqual({ type: 'prometheus', uid: expect.stringMatching(/^\$\{datasource\}$/) })
    }
  })
})

describe('The route of a request', () => {
  it('is known of every page there is, and of no other', () => {
    const pages = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((path) =>
      /(?:^|\/)page\.tsx$/.test(path),
    )
    const templates = pages.map(
      (path) =>
        `/${path
          .replace(/(?:^|\/)page\.tsx$/, '')
          .replace(/\([^)]+\)\/?/, '')
          .replace(/\[([^\]]+)\]/g, '{$1}')}`,
    )
    expect(templates.toSorted()).toEqual(PAGE_TEMPLATES.toSorted())
  })

  it.each([
    ['/', '/'],
    ['/packages/pytorch', '/packages/{package}'],
    ['/packages/a/b', 'other'],
    ['/api', '/api'],
    ['/api/v1/packages/pytorch/suspects', '/api/v1/packages/{package}/suspects'],
    ['/_next/static/chunks/a.js', '/_next/'],
    ['/wp-login.php', 'other'],
  ])('%s is %s', (path, route) => {
    expect(routeTemplate(path)).toBe(route)
  })
})

import 'server-only'
import { Gauge, Registry } from 'prom-client'
import type { MatrixBranch } from '@/lib/contract/matrix'
import type { MetricFacts } from '@/lib/queries/metrics'

const DAY_SECONDS = 86_400

type Rows = readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number | null }[]

/** Gauges of what the database knew at that time. What is unknown has no value: 0 would be a lie. */
export function gaugesOf(facts: MetricFacts, now: Date): Registry {
  const registry = new Registry()
  const gauge = (name: string, help: string, rows: Rows) => {
    const labelNames = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))]
    const made = new Gauge({ name: `flakeboard_${name}`, help, labelNames, registers: [registry] })
    // Without labels a gauge begins at 0.
    if (rows.length > 0) made.reset()
    for (const { labels, value } of rows) if (value !== null) made.set({ ...labels }, value)
  }
  addBranches(facts.branches, now, gauge)
  gauge(
    'branch_cells',
    'Packages of a branch, by the status of their cell.',
    facts.cells.map(({ branch, status, count }) => ({ labels: { branch, status }, value: count })),
  )
  gauge(
    'root_causes_open',
    'Root causes that break something now, by what people say of them.',
    facts.causes.map(({ state, count }) => ({ labels: { state }, value: count })),
  )
  gauge(
    'source_last_read_timestamp_seconds',
    'When a source was last read in full.',
    facts.sources.map(({ id, readAt }) => ({ labels: { source: id }, value: secondsOf(readAt) })),
  )
  gauge(
    'sync_last_end_timestamp_seconds',
    'When the newest sync ended, by its result, in whatever process.',
    facts.ended.map(({ result, at }) => ({ labels: { result }, value: secondsOf(at) })),
  )
  gauge('sync_running', 'Whether a sync runs, in whatever process.', [
    { labels: {}, value: facts.isSyncRunning ? 1 : 0 },
  ])
  return registry
}

function addBranches(
  branches: readonly MatrixBranch[],
  now: Date,
  gauge: (name: string, help: string, rows: Rows) => void,
): void {
  const ofBranch = (read: (branch: MatrixBranch) => number | null): Rows =>
    branches.map((branch) => ({ labels: { branch: branch.name }, value: read(branch) }))
  gauge(
    'branch_age_seconds',
    'Time since the newest finished evaluation of a branch ended.',
    ofBranch(({ evaluation }) => ageOf(evaluation?.finishedAt ?? evaluation?.startedAt, now)),
  )
  gauge(
    'branch_stale',
    'Whether what is shown of a branch is stale, or was never read.',
    ofBranch(({ freshness }) => (freshness === 'fresh' ? 0 : 1)),
  )
  gauge(
    'branch_behind_seconds',
    'How far the nixpkgs revision of a branch is behind its head upstream.',
    ofBranch(({ upstream }) => (upstream?.behindDays == null ? null : upstream.behindDays * DAY_SECONDS)),
  )
  gauge(
    'branch_ready_packages',
    'Packages of a branch that are built and cached.',
    ofBranch(({ evaluation, ready }) => (evaluation === null ? null : ready)),
  )
  gauge(
    'branch_packages',
    'Packages of a branch.',
    ofBranch(({ evaluation, packages }) => (evaluation === null ? null : packages)),
  )
}

function ageOf(at: string | null | undefined, now: Date): number | null {
  return at == null ? null : Math.max(0, (now.getTime() - Date.parse(at)) / 1000)
}

function secondsOf(at: Date | null): number | null {
  return at === null ? null : at.getTime() / 1000
}

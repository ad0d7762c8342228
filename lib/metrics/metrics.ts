import 'server-only'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What happened in this process since it began; what the database knows is read when somebody asks. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Counter<'method' | 'route' | 'status'>
  readonly requestSeconds: Histogram<'method' | 'route'>
  readonly querySeconds: Histogram<'kind'>
  readonly upstreamRequests: Counter<'host' | 'result'>
  readonly syncSeconds: Histogram<'result'>
  readonly sourceSeconds: Histogram<'source'>
  readonly sourceReads: Counter<'source' | 'result'>
}

declare global {
  // Outside the module: Next loads it several times, and all of them count into one.
  var flakeboardMetrics: Metrics | undefined
}

/** The metrics of this process. */
export function metrics(): Metrics {
  globalThis.flakeboardMetrics ??= createMetrics()
  return globalThis.flakeboardMetrics
}

// A request or query takes milliseconds, a sync minutes.
const SHORT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const LONG_SECONDS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600]

/** Metrics that begin at nothing. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets = SHORT_SECONDS) =>
    new Histogram({ name: `flakeboard_${name}_seconds`, help, labelNames, buckets, registers })
  const total = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `flakeboard_${name}_total`, help, labelNames, registers })
  return {
    registry,
    requests: total('http_requests', 'HTTP requests answered.', ['method', 'route', 'status']),
    requestSeconds: seconds('http_request_duration', 'Time to answer an HTTP request.', ['method', 'route']),
    querySeconds: seconds('database_query_duration', 'Time of a database statement.', ['kind']),
    upstreamRequests: total('upstream_requests', 'Questions to upstreams, by what came of them.', ['host', 'result']),
    syncSeconds: seconds('sync_duration', 'Time of a whole sync.', ['result'], LONG_SECONDS),
    sourceSeconds: seconds('source_list_duration', 'Time to list the runs of a source.', ['source'], LONG_SECONDS),
    sourceReads: total('source_reads', 'Syncs of a source, by whether they met a fault.', ['source', 'result']),
  }
}

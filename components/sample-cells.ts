import type { Evaluation } from '@/lib/contract/evaluation'
import type { Cell, MatrixBranch, MatrixPackage } from '@/lib/contract/matrix'

/** Facts for tests of views; each test says what it needs otherwise. */
export const NOW = new Date('2026-11-23T12:00:00Z')
export const NIXPKGS_URL = 'https://github.com/NixOS/nixpkgs'
export const REVISION = '8cc8a5a0f1e2d3c4b5a697887766554433221100'

export function sampleEvaluation(more: Partial<Evaluation> = {}): Evaluation {
  return {
    id: '7',
    source: 'nixpkgs-unfree',
    handler: 'OnPush/default',
    externalId: 'job-7',
    index: 216,
    url: 'https://ci.example/jobs/216',
    ref: 'master',
    ciRevision: REVISION,
    nixpkgsRevision: REVISION,
    nixpkgsDate: '2026-11-23T08:00:00Z',
    state: 'finished',
    startedAt: '2026-11-23T09:00:00Z',
    finishedAt: '2026-11-23T10:00:00Z',
    observedAt: '2026-11-23T11:00:00Z',
    ...more,
  }
}

export function sampleBranch(more: Partial<MatrixBranch> = {}): MatrixBranch {
  return {
    name: 'master',
    title: 'master',
    freshness: 'fresh',
    staleReasons: [],
    evaluation: sampleEvaluation(),
    evaluationError: null,
    running: null,
    upstream: null,
    counts: sampleCounts(),
    ready: 61,
    packages: 68,
    unready: { untrusted: 0, unreachable: 0, unchecked: 0, evicted: 0, missing: 0 },
    note: null,
    ...more,
  }
}

export function sampleCounts(more: Partial<MatrixBranch['counts']> = {}): MatrixBranch['counts'] {
  return {
    succeeded: 0,
    failed: 0,
    'dependency-failed': 0,
    'timed-out': 0,
    'evaluation-failed': 0,
    cancelled: 0,
    building: 0,
    queued: 0,
    unknown: 0,
    ...more,
  }
}

export function sampleCell(more: Partial<Cell> = {}): Cell {
  return {
    status: 'succeeded',
    ready: true,
    mayFail: false,
    presence: 'cached',
    attribute: 'python3Packages.torch',
    system: 'x86_64-linux',
    variant: 'basic',
    derivation: '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-python3.9-pytorch-1.11.0.drv',
    version: '1.11.0',
    outputs: [],
    rootCauses: [],
    since: { evaluation: '5', at: '2026-11-20T12:00:00Z' },
    lastGood: { evaluation: '7', at: '2026-11-23T10:00:00Z', nixpkgsRevision: REVISION },
    lastReady: { evaluation: '7', at: '2026-11-20T12:00:00Z', nixpkgsRevision: REVISION },
    undecidedSince: null,
    changed: false,
    flapping: false,
    strip: ['succeeded', 'failed', 'building'],
    url: 'https://ci.example/log',
    from: null,
    others: [],
    ...more,
  }
}

export function sampleRow(cells: Record<string, Cell>, more: Partial<MatrixPackage> = {}): MatrixPackage {
  return { name: 'pytorch', headline: false, version: '1.11.0', cells, ...more }
}

import type { Lineage } from './package-spec'
import type { Variant } from './packages'

export const FAILURE_LOGS = [
  'unsupported-gpu',
  'ptxas',
  'compiler-crash',
  'tests',
  'cmake',
  'import-check',
  'out-of-memory',
  'hash',
] as const
export type FailureLog = (typeof FAILURE_LOGS)[number]

/** Something that befell a package for a stretch of nixpkgs commit time. */
export interface Incident {
  readonly id: string
  readonly spec: string
  readonly lineage: Lineage
  /** Only this variant, or all of them. */
  readonly variant: Variant | null
  /** Real commit times, milliseconds since the epoch, not shifted: from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  /**
   * `failure`: does not build. `flaky`: the machine failed the first attempt. `broken`: marked as broken.
   * `import`: a build that evaluation needs fails. `change`: another expression for a while, nothing wrong.
   */
  readonly kind: 'failure' | 'flaky' | 'broken' | 'import' | 'change'
  readonly log: FailureLog
}

type Row = readonly [
  spec: string,
  lineage: Lineage,
  from: string,
  to: string,
  kind: Incident['kind'],
  log?: FailureLog,
  variant?: Variant,
]

const STILL = '2099-01-01'

// The story that the demo tells, by nixpkgs commit time. Newest revisions per column: master 05-19T10:51 finished and 05-20T10:57
// running, nixos-unstable 05-19T16:58, nixpkgs-unstable 05-19T14:29, release 05-14T06:39.
const ROWS: readonly Row[] = [
  ['truecrack-cuda', 'trunk', '2023-01-01', STILL, 'failure', 'unsupported-gpu'],
  ['truecrack-cuda', 'release', '2023-01-01', STILL, 'failure', 'unsupported-gpu'],

  // One root cause under pytorch, four levels deep; fixed on the day before yesterday's revisions.
  ['magma', 'trunk', '2024-05-15T12:00Z', '2024-05-19T12:00Z', 'failure', 'ptxas'],
  ['tensorflowWithCuda', 'trunk', '2024-05-18T00:00Z', '2024-05-19T16:00Z', 'failure', 'compiler-crash'],
  ['jaxlib', 'trunk', '2024-05-19T15:30Z', STILL, 'failure', 'unsupported-gpu'],
  ['opencv4', 'trunk', '2024-05-17T20:00Z', STILL, 'failure', 'cmake'],
  ['katago', 'trunk', '2024-05-12', STILL, 'failure', 'tests'],
  ['mxnet', 'trunk', '2024-03-01', STILL, 'broken'],
  ['opensfm', 'release', '2024-04-18', STILL, 'import', 'hash'],
  ['elpa', 'release', '2024-05-01T12:00Z', STILL, 'failure', 'cmake'],
  ['torch', 'trunk', '2024-04-15', STILL, 'failure', 'unsupported-gpu', 'cuda_11_8'],

  // ucx under MPI: ucx → ucc → openmpi → mpi4py, gromacs, scalapack, elpa.
  ['ucx', 'trunk', '2024-04-16T05:00Z', '2024-04-19T09:00Z', 'failure', 'tests'],
  ['torch', 'trunk', '2024-04-20T12:00Z', '2024-04-22T10:00Z', 'failure', 'out-of-memory'],
  ['jaxlib', 'trunk', '2024-04-27T12:00Z', '2024-05-02T06:00Z', 'failure', 'hash'],
  ['blender', 'trunk', '2024-04-02T22:00Z', '2024-04-12T00:00Z', 'failure', 'cmake'],
  ['tensorflowWithCuda', 'trunk', '2024-02-17T17:00Z', '2024-02-22T04:00Z', 'failure', 'compiler-crash'],
  ['magma', 'trunk', '2024-02-22T21:00Z', '2024-02-23T12:00Z', 'failure', 'out-of-memory'],
  ['faiss', 'trunk', '2024-04-08', '2024-04-14T12:00Z', 'failure', 'cmake'],
  ['openmpi', 'trunk', '2024-05-01', '2024-05-02T23:00Z', 'failure', 'tests'],
  ['vllm', 'trunk', '2024-04-06', '2024-04-25', 'failure', 'import-check'],
  ['keras', 'trunk', '2024-05-01', '2024-05-05', 'failure', 'import-check'],
  ['xgboost', 'trunk', '2024-04-28', '2024-05-04', 'broken'],
  ['torch', 'release', '2024-02-21', '2024-03-01', 'failure', 'compiler-crash'],
  ['openimagedenoise', 'release', '2024-04-21', '2024-04-24', 'failure', 'cmake'],

  // A package that flaps: every fix held for a day or two.
  ['onnxruntime', 'trunk', '2024-04-18T06:00Z', '2024-04-20T06:00Z', 'failure', 'tests'],
  ['onnxruntime', 'trunk', '2024-04-21T12:00Z', '2024-04-23T12:00Z', 'failure', 'tests'],
  ['onnxruntime', 'trunk', '2024-04-26T06:00Z', '2024-04-27T18:00Z', 'failure', 'tests'],
  ['onnxruntime', 'trunk', '2024-05-02T00:00Z', '2024-05-03T17:00Z', 'failure', 'tests'],
  ['onnxruntime', 'trunk', '2024-05-06T00:00Z', '2024-05-14T00:00Z', 'failure', 'tests'],

  // A machine that died under the build: the rerun of that job succeeds with the same derivation.
  ['openmm', 'trunk', '2024-05-04T11:00Z', '2024-05-04T12:00Z', 'flaky', 'out-of-memory'],
  // The revision whose job was cancelled had its own magma, so its builds never happened.
  ['magma', 'trunk', '2024-04-18T12:00Z', '2024-04-18T20:00Z', 'change'],
]

/** All incidents of the demo world. */
export const INCIDENTS: readonly Incident[] = ROWS.map(([spec, lineage, from, to, kind, log = 'cmake', variant]) => ({
  id: `${spec}:${lineage}:${from}`,
  spec,
  lineage,
  variant: variant ?? null,
  from: Date.parse(from),
  to: Date.parse(to),
  kind,
  log,
}))

// Merges of nixpkgs' staging branch: everything gets another hash.
const MASS_REBUILDS: Record<Lineage, readonly string[]> = {
  trunk: ['2024-02-20', '2024-03-07', '2024-03-24', '2024-04-12T12:00Z', '2024-04-30', '2024-05-13'],
  release: ['2024-03-02', '2024-04-17'],
}

/** How many mass rebuilds a lineage had had at a commit time. */
export function massRebuildsBefore(lineage: Lineage, at: number): number {
  return MASS_REBUILDS[lineage].filter((date) => Date.parse(date) <= at).length
}

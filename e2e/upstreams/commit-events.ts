import { byNamePath, type OrdinaryCommit } from './commit-words'
import { type FailureLog, INCIDENTS, type Incident, massRebuildsBefore } from './incidents'
import type { Lineage, PackageSpec } from './package-spec'
import { PACKAGES, packageNamed } from './packages'
import { unitOf } from './random'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** A commit that changes a package of the demo, and its real time. */
export interface CommitEvent extends OrdinaryCommit {
  readonly at: number
}

const DIRECTORIES: Readonly<Record<string, string>> = {
  blender: 'pkgs/applications/misc/blender/default.nix',
  magma: 'pkgs/development/libraries/science/math/magma/generic.nix',
  opencv4: 'pkgs/development/libraries/opencv/4.x.nix',
  ucx: 'pkgs/development/libraries/ucx/default.nix',
  openmpi: 'pkgs/development/libraries/openmpi/default.nix',
  onnxruntime: 'pkgs/development/libraries/onnxruntime/default.nix',
  cudatoolkit: 'pkgs/development/cuda-modules/cudatoolkit/default.nix',
}

// What brought each kind of failure into the expression.
const CULPRIT: Record<FailureLog, string> = {
  'unsupported-gpu': 'build for compute capability 9.0 by default',
  ptxas: 'compile kernels with split-compile',
  'compiler-crash': 'build with gcc 13',
  tests: 'enable tests',
  cmake: 'pass flags by lib.cmakeFeature',
  'import-check': 'add pythonImportsCheck',
  'out-of-memory': 'enable link-time optimisation',
  hash: 'fetch sources by tag',
}

/** Everything that befell the demo's packages from one real time (inclusive) to another (exclusive), in no order. */
export function eventsBetween(seed: string, lineage: Lineage, from: number, to: number): CommitEvent[] {
  const isWithin = ({ at }: CommitEvent) => from <= at && at < to
  const ofPackages = PACKAGES.flatMap((spec) => [
    ...versionEvents(spec, lineage),
    ...churnEvents(seed, spec, lineage, { from, to }),
  ])
  const ofIncidents = INCIDENTS.filter((incident) => incident.lineage === lineage).flatMap(incidentEvents)
  return [...ofPackages, ...ofIncidents, ...rebuildEvents(lineage, from, to)].filter(isWithin)
}

function versionEvents(spec: PackageSpec, lineage: Lineage): CommitEvent[] {
  return spec.versions[lineage].slice(1).map(({ version, from }, index) => ({
    ...ofPackage(spec, `${spec.versions[lineage][index]?.version} -> ${version}`),
    at: from,
  }))
}

/** The small changes of a package's own expression, at the moments when its hash changes for them. */
function churnEvents(
  seed: string,
  spec: PackageSpec,
  lineage: Lineage,
  { from, to }: { from: number; to: number },
): CommitEvent[] {
  const periodMs = spec.churnDays * DAY_MS * (lineage === 'release' ? 3 : 1)
  const phase = unitOf(`${seed}:churn:${spec.name}`)
  const at = Math.ceil((Math.ceil(from / periodMs + phase) - phase) * periodMs)
  return at < to ? [{ ...ofPackage(spec, 'clean up the expression'), at }] : []
}

function incidentEvents(incident: Incident): CommitEvent[] {
  if (incident.kind === 'flaky') return []
  const spec = packageNamed(incident.spec)
  const [broke, fixed] = {
    failure: [CULPRIT[incident.log], 'fix build'],
    broken: ['mark as broken', 'unbreak'],
    import: ['read requirements.json from a derivation', 'keep requirements.json in the tree'],
    change: ['apply patch from upstream', 'drop patch that was released'],
  }[incident.kind]
  return [
    { ...ofPackage(spec, broke ?? ''), at: incident.from },
    { ...ofPackage(spec, fixed ?? ''), at: incident.to },
  ]
}

function rebuildEvents(lineage: Lineage, from: number, to: number): CommitEvent[] {
  const events: CommitEvent[] = []
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at < to; at += HOUR_MS) {
    if (massRebuildsBefore(lineage, at) === massRebuildsBefore(lineage, at - 1)) continue
    const into = lineage === 'release' ? 'release-23.11' : 'master'
    events.push({ subject: `Merge branch 'staging-next' into ${into}`, files: [], at })
  }
  return events
}

function ofPackage(spec: PackageSpec, what: string): OrdinaryCommit {
  const name = spec.name.replace(/WithCuda$/, '')
  if (spec.attribute.startsWith('python311Packages_')) {
    const files = [`pkgs/development/python-modules/${name}/default.nix`]
    return { subject: `python3Packages.${name}: ${what}`, files }
  }
  if (spec.attribute.startsWith('cudaPackages_')) {
    return { subject: `cudaPackages.${name}: ${what}`, files: [`pkgs/development/cuda-modules/${name}/default.nix`] }
  }
  return { subject: `${name}: ${what}`, files: [DIRECTORIES[name] ?? byNamePath(name)] }
}

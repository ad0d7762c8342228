import { INCIDENTS, type Incident, massRebuildsBefore } from './incidents'
import type { Lineage, PackageSpec } from './package-spec'
import { packageNamed, resolveInput, type Variant } from './packages'
import { unitOf } from './random'
import { storePathOf } from './store-path'

const DAY_MS = 86_400_000

/** A derivation of the demo's nixpkgs. Equal paths are the same object, whichever revision led to it. */
export interface DemoDerivation {
  /** Store path ending in `.drv`. */
  readonly path: string
  /** Name with version, as in store paths: `python3.11-torch-2.2.2`. */
  readonly name: string
  readonly version: string
  readonly spec: PackageSpec
  readonly lineage: Lineage
  readonly variant: Variant
  readonly outputs: readonly { readonly name: string; readonly path: string }[]
  readonly inputs: readonly DemoDerivation[]
  readonly incident: Incident | null
}

/** An attribute that does not evaluate: the incident, and the build that failed during evaluation, if that was it. */
export interface EvaluationFault {
  readonly incident: Incident
  readonly name: string
  readonly derivation: DemoDerivation | null
}

export type Derived =
  | { readonly kind: 'derivation'; readonly derivation: DemoDerivation }
  | { readonly kind: 'fault'; readonly fault: EvaluationFault }

/** Where in nixpkgs' history something stands. */
export interface NixpkgsPoint {
  readonly lineage: Lineage
  /** Real commit time, milliseconds since the epoch. */
  readonly at: number
}

function versionAt(spec: PackageSpec, point: NixpkgsPoint): string {
  return spec.versions[point.lineage].findLast((dated) => dated.from <= point.at)?.version ?? ''
}

function incidentAt(spec: PackageSpec, variant: Variant, point: NixpkgsPoint): Incident | null {
  const matches = (incident: Incident) =>
    incident.spec === spec.name &&
    incident.lineage === point.lineage &&
    incident.from <= point.at &&
    point.at < incident.to &&
    (incident.variant === null || incident.variant === variant)
  return INCIDENTS.find(matches) ?? null
}

/** How often the package's own expression had changed, besides its version. */
function churnAt(seed: string, spec: PackageSpec, point: NixpkgsPoint): number {
  const periodMs = spec.churnDays * DAY_MS * (point.lineage === 'release' ? 3 : 1)
  return Math.floor(point.at / periodMs + unitOf(`${seed}:churn:${spec.name}`))
}

/** The expression of a package in a variant at a point: what its hash depends on, inputs aside. */
function ownIdentity(seed: string, spec: PackageSpec, variant: Variant, point: NixpkgsPoint): string {
  const parts = [seed, spec.name, point.lineage, versionAt(spec, point), incidentAt(spec, variant, point)?.id ?? '']
  if (spec.name === 'stdenv') return [...parts, massRebuildsBefore(point.lineage, point.at)].join(':')
  const choice =
    (spec.name === 'cudatoolkit' && variant === 'cuda_11_8') || (spec.name === 'blas' && variant === 'intel')
      ? variant
      : ''
  return [...parts, churnAt(seed, spec, point), choice].join(':')
}

function fullName(spec: PackageSpec, version: string, variant: Variant): string {
  const prefix = spec.prefix.replace('{cuda}', variant === 'cuda_11_8' ? 'cuda11.8' : 'cuda12.2')
  const shown = spec.name === 'cudatoolkit' && variant === 'cuda_11_8' ? '11.8' : version
  return shown === '' ? prefix : `${prefix}-${shown}`
}

/** What has been derived so far: a pure function's memory. */
export interface Deriver {
  readonly seed: string
  readonly memo: Map<string, Derived>
  readonly byPath: Map<string, DemoDerivation>
}

/** A deriver whose hashes depend on the seed. */
export function makeDeriver(seed: string): Deriver {
  return { seed, memo: new Map(), byPath: new Map() }
}

/** What an attribute of that package evaluates to in a variant at a point of nixpkgs' history. */
export function derive(deriver: Deriver, spec: PackageSpec, variant: Variant, point: NixpkgsPoint): Derived {
  const key = `${point.lineage}:${point.at}:${variant}:${spec.name}`
  const known = deriver.memo.get(key)
  if (known !== undefined) return known
  const derived = deriveAfresh(deriver, spec, variant, point)
  deriver.memo.set(key, derived)
  return derived
}

function deriveAfresh(deriver: Deriver, spec: PackageSpec, variant: Variant, point: NixpkgsPoint): Derived {
  const base = spec.name === 'stdenv' ? [] : [packageNamed('stdenv')]
  const specs = [...base, ...spec.inputs.map((input) => resolveInput(input, variant))]
  const deriveds = specs.map((input) => derive(deriver, input, variant, point))
  const fault = deriveds.find((input) => input.kind === 'fault')
  if (fault !== undefined) return fault
  const version = versionAt(spec, point)
  const name = fullName(spec, version, variant)
  const incident = incidentAt(spec, variant, point)
  if (incident?.kind === 'broken') return { kind: 'fault', fault: { incident, name, derivation: null } }
  const inputs = deriveds.flatMap((input) => (input.kind === 'derivation' ? [input.derivation] : []))
  const identity = [ownIdentity(deriver.seed, spec, variant, point), ...inputs.map((input) => input.path)].join('|')
  const parts = { spec, variant, inputs, incident, lineage: point.lineage, version }
  if (incident?.kind === 'import') {
    const derivation = remember(deriver, { ...parts, name: `${name}-requirements.json` }, identity)
    return { kind: 'fault', fault: { incident, name, derivation } }
  }
  return { kind: 'derivation', derivation: remember(deriver, { ...parts, name }, identity) }
}

function remember(deriver: Deriver, parts: Omit<DemoDerivation, 'path' | 'outputs'>, identity: string): DemoDerivation {
  const path = storePathOf(identity, `${parts.name}.drv`)
  const known = deriver.byPath.get(path)
  if (known !== undefined) return known
  const outputs = parts.spec.outputs.map((output) => ({
    name: output,
    path: storePathOf(`${identity}!${output}`, output === 'out' ? parts.name : `${parts.name}-${output}`),
  }))
  const derivation = { ...parts, path, outputs }
  deriver.byPath.set(path, derivation)
  return derivation
}

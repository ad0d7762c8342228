import { stateOf } from './builds'
import type { DemoDerivation, EvaluationFault } from './derivations'
import type { DemoJob } from './history'
import { pick, uuidOf } from './random'
import { storePathOf } from './store-path'
import { attributesOf, closureOf, type EvaluatedAttribute, type World } from './world'

const EVALUATORS = ['cuda-builder-01', 'cuda-builder-02', 'ml-workstation'] as const
export const AGENT_VERSION = '0.10.3'

const MESSAGE: Record<string, string> = {
  'no-handlers':
    "error: attribute 'herculesCI' of the flake is not a function or an attribute set: undefined variable 'withSystem'\n\n       at /nix/store/k5lr74w7az19w0ap2h9yjyvsrhdxab31-source/flake.nix:61:14",
  'no-attributes':
    "error: attribute 'cudaPackages_12_3' missing\n\n       at /nix/store/8fxyp0b2gx2kkcwwqgjp9wkq2ib1s7ad-source/default.nix:158:76\nDid you mean cudaPackages_12_2?",
}

/** A derivation with its present state. */
export function toDerivation(world: World, derivation: DemoDerivation) {
  return { status: stateOf(world.book, derivation.path), derivationPath: derivation.path }
}

function toError(fault: EvaluationFault) {
  if (fault.derivation !== null) {
    return {
      errorMessage: `Could not build derivation ${fault.derivation.path}, which is required during evaluation.`,
      errorType: 'BuildException',
      errorDerivation: fault.derivation.path,
      trace: null,
    }
  }
  const source = storePathOf(fault.incident.id, 'source')
  return {
    errorMessage: `Package ‘${fault.name}’ in ${source}/pkgs/development/python-modules/${fault.incident.spec}/default.nix:73 is marked as broken, refusing to evaluate.\n\na) To temporarily allow broken packages, you can use an environment variable\n   for a single invocation of the nix tools.\n\n     $ export NIXPKGS_ALLOW_BROKEN=1`,
    errorType: 'CppStdException',
    errorDerivation: null,
    trace: `… while evaluating the attribute of ${fault.name}\n`,
  }
}

/** An attribute as the API shows it. */
export function toAttribute(world: World, { attribute, derived }: EvaluatedAttribute) {
  const value =
    derived.kind === 'fault' ? { Error: toError(derived.fault) } : { Ok: toDerivation(world, derived.derivation) }
  return { path: attribute.path, value, typ: attribute.spec.judgement }
}

function importsOf(attributes: readonly EvaluatedAttribute[]) {
  return attributes.flatMap(({ attribute, derived }) => {
    const derivation = derived.kind === 'fault' ? derived.fault.derivation : null
    return derivation === null ? [] : [{ attribute, derivation }]
  })
}

function messagesOf(job: DemoJob) {
  const isBroken = job.push.fate === (job.type === 'Config' ? 'no-handlers' : 'no-attributes')
  return isBroken ? [{ index: 0, typ: 'Error', message: MESSAGE[job.push.fate] ?? 'error' }] : []
}

/** Everything known about a job's evaluation. */
export function toEvaluation(world: World, job: DemoJob) {
  const attributes = attributesOf(world, job)
  const imports = importsOf(attributes)
  const derivations = Object.fromEntries(
    closureOf(world, job)
      .filter((derivation) => derivation.spec.name !== 'stdenv')
      .map((derivation) => [derivation.path, stateOf(world.book, derivation.path)]),
  )
  const count = (state: string) => Object.values(derivations).filter((of) => of === state).length
  return {
    id: job.evaluationId,
    agentHostname: job.isQueued ? '' : pick(`${world.seed}:${job.index}:host`, EVALUATORS),
    agentVersion: job.isQueued ? '' : AGENT_VERSION,
    messages: messagesOf(job),
    attributes: attributes.map((attribute) => toAttribute(world, attribute)),
    ifdAttributes: imports.map(({ attribute, derivation }) => ({
      path: attribute.path,
      value: toDerivation(world, derivation),
      typ: attribute.spec.judgement,
    })),
    evaluationDependencies: imports.map(({ derivation }, index) => ({
      index,
      derivation: toDerivation(world, derivation),
      outputName: 'out',
    })),
    evaluationLog: job.isQueued ? null : uuidOf(`${job.evaluationId}:log`),
    derivations,
    derivationsWaitingCount: count('Waiting'),
    derivationsBuildingCount: count('Building'),
    derivationsBuildFailureCount: count('BuildFailure'),
    derivationsDependencyFailureCount: count('DependencyFailure'),
    derivationsBuildSuccessCount: count('BuildSuccess'),
    derivationsCancelledCount: count('Cancelled'),
    unmetAgentRequirements: job.isQueued
      ? [{ platform: 'x86_64-linux', requiredSystemFeatures: ['big-parallel', 'cuda'] }]
      : [],
  }
}

/** The failed derivations of a job and the failed inputs that made them fail. */
export function toFailureGraph(world: World, job: DemoJob) {
  const isFailed = (derivation: DemoDerivation) =>
    ['BuildFailure', 'DependencyFailure'].includes(stateOf(world.book, derivation.path))
  const nodes = closureOf(world, job).filter(isFailed)
  return {
    nodes: nodes.map((derivation) => ({
      derivation: toDerivation(world, derivation),
      failedDependencies: derivation.inputs.filter(isFailed).map((input) => input.path),
    })),
  }
}

/** What differs between two evaluations; `base` is the side before. */
export function toComparison(world: World, job: DemoJob, base: DemoJob) {
  const sidesOf = (of: DemoJob) =>
    new Map(
      attributesOf(world, of).map((attribute) => [
        JSON.stringify(attribute.attribute.path),
        toAttribute(world, attribute),
      ]),
    )
  const [before, after] = [sidesOf(base), sidesOf(job)]
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  const changed = keys.filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
  const pathOf = (key: string) => (after.get(key) ?? before.get(key))?.path ?? []
  return {
    beforeId: base.evaluationId,
    afterId: job.evaluationId,
    attributes: changed.map((key) => ({
      path: pathOf(key),
      value: { before: before.get(key) ?? null, after: after.get(key) ?? null },
    })),
    ifds: [],
  }
}

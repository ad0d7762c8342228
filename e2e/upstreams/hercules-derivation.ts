import { type Attempt, type Build, stateOf } from './builds'
import type { DemoDerivation } from './derivations'
import { PROJECT, stamp } from './hercules-jobs'
import { narOf } from './narinfo'
import type { World } from './world'

function eventsOf(world: World, build: Build, attempt: Attempt, next: Attempt | undefined) {
  const at = (realMs: number) => ({ time: stamp(world, realMs) })
  const events: unknown[] = [
    { Queued: { ...at(attempt.queuedAt), requeuedForEvalOfJob: null, requeuedForAgent: null } },
  ]
  if (attempt.startedAt !== null) {
    events.push({
      Started: { ...at(attempt.startedAt), logId: attempt.logId, agentHostname: attempt.host, streamable: true },
    })
  }
  if (attempt.endedAt !== null) events.push(...endEvents(world, build.derivation, attempt, attempt.endedAt))
  if (next !== undefined) events.push({ Reset: at(next.queuedAt) })
  return events
}

function endEvents(world: World, derivation: DemoDerivation, attempt: Attempt, endedAt: number): unknown[] {
  const at = { time: stamp(world, endedAt) }
  if (attempt.state === 'DependencyFailure') return [{ DependencyFailed: at }]
  if (attempt.state === 'Cancelled') return [{ Cancelled: at }]
  if (attempt.state === 'BuildFailure') return [{ Failed: { ...at, technicalError: attempt.technicalError } }]
  const outputs = derivation.outputs.map((output) => {
    const nar = narOf(derivation, output)
    const references = nar.references.map((name) => `/nix/store/${name}`)
    return { outputName: output.name, outputPath: output.path, hash: nar.hash, size: nar.size, references }
  })
  return [{ Built: { time: stamp(world, endedAt - 4000), outputs } }, { Succeeded: at }]
}

/** A derivation's details, with the job that the question named. */
export function toDerivationInfo(world: World, build: Build, viaJob: unknown) {
  const { derivation } = build
  return {
    status: build.state,
    viaJob,
    viaProject: viaJob === null ? null : PROJECT,
    platform: 'x86_64-linux',
    requiredSystemFeatures: derivation.spec.minutes > 15 ? ['big-parallel'] : [],
    inputDerivations: derivation.inputs.map((input) => ({
      derivationStatus: stateOf(world.book, input.path),
      derivationPath: input.path,
      outputName: input.outputs[0]?.name ?? 'out',
      outputPath: input.outputs[0]?.path ?? input.path.replace(/\.drv$/, ''),
    })),
    outputs: derivation.outputs.map((output) => ({ outputName: output.name, outputPath: output.path })),
    usedInProjects: [PROJECT],
    events: build.attempts.map((attempt, index) => eventsOf(world, build, attempt, build.attempts[index + 1])),
    mayRestart: false,
    mayCancel: false,
    dummy: null,
  }
}

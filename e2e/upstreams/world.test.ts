import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { stateOf } from './builds'
import { toEvaluation } from './hercules-evaluation'
import { pageOfJobs } from './hercules-jobs'
import type { DemoJob } from './history'
import { BRANCHES, type Branch } from './locks'
import { mutate } from './mutations'
import { ATTRIBUTES } from './packages'
import { attributesOf, closureOf, makeWorld, shownTime, type World } from './world'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const NOW = new Date('2026-11-23T00:39:00Z')
const STORE_PATH = /^\/nix\/store\/[0-9abcdfghijklmnpqrsvwxyz]{32}-[0-9a-zA-Z+._?=-]+$/

const PinSchema = z.object({ ref: z.string().nullable(), rev: z.string() })
const FixtureSchema = z.object({
  updates: z.array(z.object({ date: z.string(), inputs: z.record(z.string(), PinSchema) })),
})
const fixture = FixtureSchema.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/nixpkgs-unfree-locks.json', import.meta.url), 'utf8')),
)

function evaluationsOf(world: World, branch: Branch): readonly DemoJob[] {
  return world.jobs.filter((job) => job.push.branch === branch && job.type === 'OnPush' && world.ends.has(job.id))
}

function bytesOf(world: World): string {
  const evaluations = world.jobs.slice(-40).map((job) => toEvaluation(world, job))
  return JSON.stringify([pageOfJobs(world, new URLSearchParams({ limit: '1000' })), evaluations])
}

function newestStates(world: World, branch: Branch, names: readonly string[]): readonly string[] {
  const newest = evaluationsOf(world, branch).at(-1)
  const attributes = newest === undefined ? [] : attributesOf(world, newest)
  return names.map((name) => {
    const found = attributes.find(({ attribute }) => attribute.spec.name === name && attribute.variant === 'basic')
    return found?.derived.kind === 'derivation' ? stateOf(world.book, found.derived.derivation.path) : 'fault'
  })
}

describe('the demo world', () => {
  const world = makeWorld({ now: NOW })

  it('is the same, byte for byte, for the same seed and time', () => {
    expect(bytesOf(makeWorld({ now: NOW }))).toBe(bytesOf(world))
  })

  it('has other store paths for another seed', () => {
    expect(bytesOf(makeWorld({ now: NOW, seed: 'another' }))).not.toBe(bytesOf(world))
  })

  it('keeps real revisions and spacing, all moved by one whole number of days', () => {
    expect(world.shiftMs % DAY_MS).toBe(0)
    for (const job of world.jobs.filter((of) => of.type === 'Config')) {
      const real = fixture.updates.find((update) => Date.parse(update.date) === job.startAt)
      expect(real?.inputs[`nixpkgs-${job.push.branch}`]?.rev).toBe(job.push.update.pins[job.push.branch].revision)
      expect(Date.parse(shownTime(world, job.startAt)) - job.startAt).toBe(world.shiftMs)
    }
  })

  it('has at least sixty ended evaluations of every branch without a gap in the real updates', () => {
    for (const branch of BRANCHES) {
      const starts = new Set(world.jobs.filter((job) => job.push.branch === branch).map((job) => job.push.update.at))
      const [first, last] = [Math.min(...starts), Math.max(...starts)]
      const real = fixture.updates.filter((of) => Date.parse(of.date) >= first && Date.parse(of.date) <= last)
      expect(evaluationsOf(world, branch).length).toBeGreaterThanOrEqual(60)
      expect(starts.size).toBe(real.length)
    }
  })

  it('has about seventy attributes with more than fifty packages, each path once', () => {
    expect(ATTRIBUTES.length).toBeGreaterThanOrEqual(66)
    expect(ATTRIBUTES.length).toBeLessThanOrEqual(80)
    expect(new Set(ATTRIBUTES.map(({ path }) => path.join('/'))).size).toBe(ATTRIBUTES.length)
    expect(new Set(ATTRIBUTES.map(({ spec }) => spec.name)).size).toBeGreaterThanOrEqual(55)
  })

  it('has store paths of the Nix grammar only, and no two derivations with one path', () => {
    const derivations = [...world.book.builds.values()].map((build) => build.derivation)
    const paths = derivations.flatMap((of) => [of.path, ...of.outputs.map((output) => output.path)])
    expect(paths.filter((path) => !STORE_PATH.test(path))).toEqual([])
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('shows nothing that has not happened yet, and only the release as stale, whatever the hour of the day', () => {
    for (const hour of [0, 4, 8, 12, 16, 20]) {
      const now = new Date(NOW.getTime() + hour * HOUR_MS)
      const at = makeWorld({ now })
      const ageHours = (branch: Branch) => {
        const newest = Math.max(...evaluationsOf(at, branch).map((job) => at.ends.get(job.id) ?? 0))
        return (at.clock - newest) / HOUR_MS
      }
      expect(Math.max(...at.jobs.map((job) => job.startAt))).toBeLessThanOrEqual(at.clock)
      for (const branch of BRANCHES) {
        expect(ageHours(branch)).toBeGreaterThanOrEqual(0)
        if (branch === 'release') expect(ageHours(branch)).toBeGreaterThan(48)
        else expect(ageHours(branch)).toBeLessThan(48)
      }
    }
  })

  it('keeps the derivations of what did not change between two evaluations', () => {
    const [before, after] = evaluationsOf(world, 'nixos-unstable').slice(-2)
    const pathsOf = (job: DemoJob | undefined) => (job === undefined ? [] : closureOf(world, job).map((of) => of.path))
    const kept = pathsOf(after).filter((path) => pathsOf(before).includes(path))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(pathsOf(after).length)
  })

  it('tells a different story on every branch', () => {
    const headline = ['torch', 'tensorflowWithCuda', 'jax', 'blender']
    expect(newestStates(world, 'master', headline)).toEqual([
      'DependencyFailure',
      'BuildFailure',
      'BuildSuccess',
      'BuildSuccess',
    ])
    expect(newestStates(world, 'nixos-unstable', headline)).toEqual([
      'BuildSuccess',
      'BuildSuccess',
      'DependencyFailure',
      'BuildSuccess',
    ])
    expect(newestStates(world, 'nixpkgs-unstable', headline)).toEqual([
      'BuildSuccess',
      'BuildFailure',
      'BuildSuccess',
      'BuildSuccess',
    ])
    expect(newestStates(world, 'release', headline)).toEqual([
      'BuildSuccess',
      'BuildSuccess',
      'BuildSuccess',
      'BuildSuccess',
    ])
    expect(newestStates(world, 'master', ['magma', 'torchvision', 'pytorch-lightning', 'mxnet'])).toEqual([
      'BuildFailure',
      'DependencyFailure',
      'DependencyFailure',
      'fault',
    ])
  })

  it('has a running job, a queued rerun, a cancelled job, a rerun that helped, and pushes that do not evaluate', () => {
    const jobs = pageOfJobs(world, new URLSearchParams({ limit: '1000' })).items
    expect(jobs.filter((job) => job.jobPhase === 'Building').map((job) => job.source.ref)).toEqual([
      'refs/heads/master',
    ])
    expect(jobs.filter((job) => job.jobPhase === 'Queued')).toHaveLength(1)
    expect(jobs.filter((job) => job.isCancelled)).toHaveLength(1)
    const rerun = jobs.find((job) => job.rerunOf !== null && job.jobPhase === 'Done')
    expect(jobs.find((job) => job.id === rerun?.rerunOf)?.index).toBe(rerun?.rerunOfIndex)
    const broken = jobs.filter((job) => job.jobType === 'Config' && job.jobStatus === 'Failure')
    expect(broken).toHaveLength(1)
    expect(jobs.filter((job) => job.source.revision === broken[0]?.source.revision)).toHaveLength(1)
    const messages = world.jobs.map((job) => toEvaluation(world, job)).filter((of) => of.messages.length > 0)
    expect(messages).toHaveLength(2)
  })
})

describe('a mutation of the world', () => {
  it('finishes the running evaluation', () => {
    const world = makeWorld({ now: NOW })
    expect(mutate(world, { action: 'finish-running' })).toBe(true)
    const newest = evaluationsOf(world, 'master').at(-1)
    expect(newest?.push.fate).toBe('running')
    expect(newest && toEvaluation(world, newest).derivationsWaitingCount).toBe(0)
    expect(newest && toEvaluation(world, newest).derivationsBuildingCount).toBe(0)
    expect(mutate(world, { action: 'finish-running' })).toBe(false)
  })

  it('retries a derivation, which frees what waited for it', () => {
    const world = makeWorld({ now: NOW })
    const newest = evaluationsOf(world, 'master').at(-1)
    const magma = newest && closureOf(world, newest).find((of) => of.spec.name === 'magma' && of.variant === 'basic')
    expect(mutate(world, { action: 'retry', derivation: magma?.path ?? '' })).toBe(true)
    expect(newestStates(world, 'master', ['magma', 'torch', 'pytorch-lightning'])).toEqual([
      'BuildSuccess',
      'BuildSuccess',
      'BuildSuccess',
    ])
    expect(mutate(world, { action: 'retry', derivation: '/nix/store/nothing.drv' })).toBe(false)
  })

  it('pushes a new evaluation with the next real revision', () => {
    const world = makeWorld({ now: NOW })
    const before = evaluationsOf(world, 'nixos-unstable').at(-1)
    expect(mutate(world, { action: 'push', branch: 'nixos-unstable' })).toBe(true)
    const after = evaluationsOf(world, 'nixos-unstable').at(-1)
    expect(after?.index).toBeGreaterThan(before?.index ?? 0)
    const real = fixture.updates.map((update) => update.inputs['nixpkgs-nixos-unstable']?.rev)
    expect(real).toContain(after?.push.update.pins['nixos-unstable'].revision)
    expect(after?.push.ciRevision).not.toBe(before?.push.ciRevision)
  })
})

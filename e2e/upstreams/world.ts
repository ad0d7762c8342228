import { type BuildBook, buildOne, buildPartly, cancelOne, endOf } from './builds'
import { type DemoDerivation, type Derived, type Deriver, derive, makeDeriver, type NixpkgsPoint } from './derivations'
import { type DemoJob, makeHistory } from './history'
import { type Branch, type LockLayout, type LockUpdate, windowUpdates } from './locks'
import { ATTRIBUTES, type DemoAttribute } from './packages'
import { between } from './random'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const CANCELLED_AFTER_MS = 21 * MINUTE_MS
const RUNNING_FOR_MS = 50 * MINUTE_MS

export interface WorldOptions {
  /** What the demo takes as the present. The newest update falls on this day or the one before. */
  readonly now: Date
  readonly seed?: string
  /** One lock file per branch, as the pushed branches had, or one that pins all branches. */
  readonly lockLayout?: LockLayout
}

/** The demo's whole world: what its CI, its caches and its forge know. All times in it are real ones; `shownTime` moves them. */
export interface World {
  readonly seed: string
  readonly lockLayout: LockLayout
  /** A whole number of days: what is added to every real time. */
  shiftMs: number
  /** The present, as a real time; each mutation moves it on. */
  clock: number
  readonly jobs: DemoJob[]
  readonly book: BuildBook
  readonly deriver: Deriver
  /** When each finished or cancelled job ended, by job id. */
  readonly ends: Map<string, number>
  /** Start of the newest job that wanted a derivation, by path. */
  readonly lastWanted: Map<string, number>
  /** Whether the caches have made room since the demo began. */
  isCollected: boolean
  pushes: number
  /** Grows with every mutation: what was derived from an older one is out of date. */
  version: number
}

export interface EvaluatedAttribute {
  readonly attribute: DemoAttribute
  readonly derived: Derived
}

/** The demo's world. The same seed and `now` give the same world, byte for byte. */
export function makeWorld(options: WorldOptions): World {
  const seed = options.seed ?? 'flakeboard'
  const world: World = {
    seed,
    lockLayout: options.lockLayout ?? 'one-input',
    shiftMs: 0,
    clock: 0,
    jobs: [...makeHistory(seed)],
    book: { seed, builds: new Map() },
    deriver: makeDeriver(seed),
    ends: new Map(),
    lastWanted: new Map(),
    isCollected: false,
    pushes: 0,
    version: 0,
  }
  // The running job comes last: what it shares with finished ones of the same hour is built.
  const isRunning = (job: DemoJob) => Number(job.push.fate === 'running')
  const inOrder = [...world.jobs].sort(
    (a, b) => isRunning(a) - isRunning(b) || a.startAt - b.startAt || a.index - b.index,
  )
  for (const job of inOrder) runJob(world, job)
  world.shiftMs = Math.floor((options.now.getTime() - Math.max(...world.ends.values())) / DAY_MS) * DAY_MS
  world.clock = options.now.getTime() - world.shiftMs
  return world
}

/** A real time moved into the demo's time, as the wire shows it. */
export function shownTime(world: World, realMs: number): string {
  return new Date(realMs + world.shiftMs).toISOString()
}

/** Where in nixpkgs' history a job stands. */
export function pointOf(job: DemoJob): NixpkgsPoint {
  const { branch, update } = job.push
  return { lineage: branch === 'release' ? 'release' : 'trunk', at: update.pins[branch].at }
}

/** The attributes of a job's evaluation; none where it did not get that far. */
export function attributesOf(world: World, job: DemoJob): readonly EvaluatedAttribute[] {
  if (job.type !== 'OnPush' || job.isQueued || job.push.fate === 'no-attributes') return []
  return ATTRIBUTES.map((attribute) => ({
    attribute,
    derived: derive(world.deriver, attribute.spec, attribute.variant, pointOf(job)),
  }))
}

/** Every derivation that a job's evaluation needs, inputs first. */
export function closureOf(world: World, job: DemoJob): readonly DemoDerivation[] {
  const seen = new Set<DemoDerivation>()
  const visit = (derivation: DemoDerivation) => {
    if (seen.has(derivation)) return
    for (const input of derivation.inputs) visit(input)
    seen.add(derivation)
  }
  for (const { derived } of attributesOf(world, job)) {
    const derivation = derived.kind === 'derivation' ? derived.derivation : derived.fault.derivation
    if (derivation !== null) visit(derivation)
  }
  return [...seen]
}

/** When the evaluation of a job was done; builds queue from then on. Milliseconds since the epoch, real. */
export function evaluatedAt(world: World, job: DemoJob): number {
  return Math.round(job.startAt + between(`${world.seed}:${job.index}:evaluation`, 4, 11) * MINUTE_MS)
}

/** Evaluates a job and builds what it needs, as far as its fate lets it come. */
export function runJob(world: World, job: DemoJob): void {
  if (job.isQueued) return
  if (job.type === 'Config') {
    world.ends.set(job.id, job.startAt + 33_000)
    return
  }
  const evaluated = evaluatedAt(world, job)
  const closure = closureOf(world, job)
  for (const derivation of closure) {
    want(world, job, derivation)
    world.lastWanted.set(derivation.path, job.startAt)
  }
  if (job.push.fate === 'running') return
  const ends = closure.map((derivation) => endOf(world.book, derivation.path, evaluated))
  const isCancelled = job.push.fate === 'cancelled'
  world.ends.set(job.id, isCancelled ? evaluated + CANCELLED_AFTER_MS : Math.max(evaluated, ...ends))
}

function want(world: World, job: DemoJob, derivation: DemoDerivation): void {
  const evaluated = evaluatedAt(world, job)
  if (job.push.fate === 'running') buildPartly(world.book, derivation, evaluated, evaluated + RUNNING_FOR_MS)
  else if (job.push.fate === 'cancelled') cancelOne(world.book, derivation, evaluated, evaluated + CANCELLED_AFTER_MS)
  else buildOne(world.book, derivation, evaluated, job.rerunOf !== null)
}

/** What the head of an upstream branch is pinned as: the newest update that any column saw. */
export function headUpdateOf(world: World, branch: Branch): LockUpdate | undefined {
  const pushed = world.jobs.findLast((job) => job.push.branch === branch)?.push.update
  const last = windowUpdates().at(-1)
  return pushed !== undefined && last !== undefined && pushed.at > last.at ? pushed : last
}

import 'server-only'
import { publicUrl, config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { paths } from '@/lib/contract/paths'
import type { NoPin, Pin, PinAnswer, PinParams } from '@/lib/contract/pin'
import { type Db, db as openDatabase } from '@/lib/db/client'
import { compareEvaluations } from '@/lib/domain/evaluation-order'
import { bestWithout } from '@/lib/domain/pin'
import { pinSnippets } from '@/lib/domain/pin-snippets'
import { archiveUrl, repositoryUrl } from '@/lib/domain/source-url'
import { type Outage, readOutages } from './cache-outages'
import { readEvaluationsById, toEvaluation } from './evaluations'
import { readFactsAt } from './facts-at'
import type { ReadTools } from './matrix'
import { readBlocks } from './pin-blocks'
import { noPinDetail, noPinTitle, pinNotes } from './pin-notes'
import { readPinnedFacts } from './pin-outputs'
import { type PinQuestion, readPinQuestion } from './pin-question'
import { type Walk, type WalkedStep, walkToPin } from './pin-walk'
import { isoOf } from './times'

const DAY_MS = 86_400_000
/** Where no attribute names its system. */
const USUAL_SYSTEM = 'x86_64-linux'

interface Context extends PinQuestion {
  readonly db: Db
  readonly config: Config
  readonly now: Date
  readonly outages: readonly Outage[]
  readonly walk: Walk
}

/** The newest evaluated nixpkgs revision of a branch on which all packages are ready, or what stands in the way. */
export async function readPin(asked: PinParams, now: Date = new Date(), tools: ReadTools = {}): Promise<PinAnswer> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const question = await readPinQuestion({ db, config, now }, asked)
  if (question.kind === 'refused') return question
  const outages = await readOutages(db, config)
  const walk = await walkToPin({ db, config, outages }, question.branch.name, question.packages)
  const context = { ...question, db, config, now, outages, walk }
  if (walk.pin === null) return { kind: 'none', none: await toNoPin(context) }
  return { kind: 'pin', pin: await toPin(context, walk.pin) }
}

async function commonOf({ db, branch, packages, walk, outages }: Context) {
  const newer = walk.steps.filter((step) => step !== walk.pin)
  return {
    generatedAt: await readFactsAt(db),
    branch: branch.name,
    branchTitle: branch.title,
    packages: [...packages],
    blocked: await readBlocks(db, walk, packages),
    unread: newer.filter(({ step: { revision, evaluations } }) => revision === null && !evaluations[0].isFailed).length,
    silentCaches: [...outages],
  }
}

async function toPin(context: Context, step: WalkedStep): Promise<Pin> {
  const { config, branch, packages } = context
  const { details, outputs, checks, size } = await readPinnedFacts(context, step, packages)
  const place = await readPlace(context, step)
  const attributes = details.map(({ nixpkgsAttribute }) => nixpkgsAttribute)
  const system = details.find((one) => one.system !== null)?.system ?? USUAL_SYSTEM
  return {
    ...(await commonOf(context)),
    ...place,
    checks,
    details,
    outputs,
    size,
    snippets: pinSnippets({
      nixpkgs: config.upstream,
      revision: place.revision,
      branch: place.evaluation.ref ?? branch.evaluation?.ref ?? null,
      attributes,
      system,
      config: config.nixpkgsConfig,
    }),
    notes: pinNotes(details),
    links: {
      archive: archiveUrl(config.upstream, place.revision),
      follow: `${publicUrl()}${paths.pinArchive(branch.name, packages)}`,
      commit: `${repositoryUrl(config.upstream)}/commit/${place.revision}`,
    },
  }
}

async function toNoPin(context: Context): Promise<NoPin> {
  const { branch, packages, walk } = context
  const common = await commonOf(context)
  const chosen = bestWithout(walk.steps, packages)
  const step = walk.steps[chosen?.index ?? -1]
  const without = chosen?.without ?? packages
  const rest = packages.filter((name) => !without.includes(name))
  const best =
    step === undefined
      ? null
      : {
          packages: rest,
          without: [...without],
          ...(await readPlace(context, step)),
          checks: (await readPinnedFacts(context, step, rest)).checks,
        }
  const open = walk.steps.find((one) => one.isPinnable && isBuilt(one))
  const isNamed = ({ name }: { name: string }) => without.includes(name)
  const { blocked } = common
  return {
    type: 'about:blank',
    status: 404,
    reason: 'none',
    ...common,
    title: noPinTitle(branch.title, packages, walk.steps.length),
    blocked: [...blocked.filter(isNamed), ...blocked.filter((one) => !isNamed(one))],
    revisions: walk.steps.filter(({ isPinnable }) => isPinnable).length,
    checks: open === undefined ? null : (await readPinnedFacts(context, open, packages)).checks,
    detail: noPinDetail(blocked.filter(isNamed)),
    best,
  }
}

/** Is all that keeps the packages from being ready what the caches say? */
function isBuilt({ standings }: WalkedStep): boolean {
  return [...standings.values()].every(({ standing }) => standing.isBuilt)
}

/** Where a step stands: its revision, the evaluation that decides it, and how far the branch has gone on since. */
async function readPlace({ db, walk }: Context, { step }: WalkedStep) {
  const [deciding] = step.evaluations
  const ofFeed = walk.evaluations
    .filter(({ place }) => place === deciding.place)
    .sort((a, b) => compareEvaluations(b, a))
  const newer = ofFeed.filter(
    (one) => compareEvaluations(one, deciding) > 0 && (one.isFailed || one.revision !== step.revision),
  )
  const newest = ofFeed[0] ?? deciding
  const stored = await readEvaluationsById(db, [deciding.id, newest.id])
  const evaluation = stored.get(deciding.id)
  if (evaluation === undefined || step.revision === null)
    throw new Error('A pinned evaluation is stored, with its revision.')
  const dates = [stored.get(newest.id), evaluation].map((one) => one?.nixpkgsDateMs ?? null)
  return {
    revision: step.revision,
    date: isoOf(evaluation.nixpkgsDateMs),
    evaluation: toEvaluation(evaluation),
    behind: { evaluations: newer.length, days: daysBetween(dates[0] ?? null, dates[1] ?? null) },
  }
}

function daysBetween(newer: bigint | null, older: bigint | null): number | null {
  return newer === null || older === null ? null : Number(newer - older) / DAY_MS
}

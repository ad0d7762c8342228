import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { type Db, db as openDatabase } from '@/lib/db/client'
import type { PinStep } from '@/lib/domain/pin'
import { type Adapters, makeAdapters } from './adapters'
import { type Asks, sharedAsks, takeAsk } from './ask-limits'
import { type PinWish, readCandidates, readPinnableSteps } from './pin-candidates'
import { type PinTools, probeDerivations } from './probe-derivations'
import { readDetailsNow } from './read-details-now'
import { showReadiness } from './show-readiness'
import { within } from './within'

/** What came of asking the caches for a pin; what they said is stored, and a query then tells it. */
export type RefreshedPin =
  | { readonly kind: 'asked' }
  /** No revision of the branch has all packages built: no cache can change that. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'limited'; readonly retryAt: Date }
  /** The caches take long; what they say later is stored all the same. */
  | { readonly kind: 'late' }

export interface RefreshTools {
  readonly db?: Db
  readonly config?: Config
  readonly adapters?: Pick<Adapters, 'sources' | 'caches' | 'questions'>
  readonly asks?: Asks
  readonly now?: () => Date
  readonly timeoutMs?: number
}

/** How long a person waits at most. */
const TIMEOUT_MS = 25_000
/** Steps of the first question, and of all together: each further question takes twice as many. */
const FIRST_STEPS = 4
const STEPS_MAX = 500

/**
 * Asks the caches about the newest revisions on which the packages were built, going back until one has them all ready:
 * in bulk, within a time limit, a limit per client, and the limits per host of every question to an upstream.
 */
export async function refreshPin(wish: PinWish, client: string, given: RefreshTools = {}): Promise<RefreshedPin> {
  const { db = openDatabase(), config = readConfiguration(), now = () => new Date() } = given
  const retryAt = takeAsk(given.asks ?? sharedAsks(), client, now())
  if (retryAt !== null) return { kind: 'limited', retryAt }
  const { sources, caches, questions } = given.adapters ?? makeAdapters(config)
  const work = goBack({ sources, caches, questions, db, config, now }, wish)
  return within<RefreshedPin>(given.timeoutMs ?? TIMEOUT_MS, work, { kind: 'late' })
}

async function goBack(tools: PinTools, wish: PinWish): Promise<RefreshedPin> {
  const { db, config, now } = tools
  const steps = (await readPinnableSteps(db, wish.branch)).slice(0, STEPS_MAX)
  const asked = new Set<number>()
  let isFound = false
  for (let [start, count] = [0, FIRST_STEPS]; start < steps.length && !isFound; start += count, count *= 2) {
    isFound = await askSteps(tools, wish, { steps: steps.slice(start, start + count), asked })
    // Nobody is left to ask: what is older would only be called unreachable too.
    if (!isFound && asked.size > 0 && !(await isAnyAlive(tools))) break
  }
  if (asked.size === 0) return { kind: 'nothing' }
  await showReadiness(db, config, now())
  return { kind: 'asked' }
}

/** Brings some steps up to date; true when one of them has everything ready. */
async function askSteps(
  tools: PinTools,
  wish: PinWish,
  { steps, asked }: { steps: readonly PinStep[]; asked: Set<number> },
): Promise<boolean> {
  const { derivationIds } = await readCandidates(tools.db, steps, wish)
  const open = derivationIds.filter((id) => !asked.has(id))
  for (const id of open) asked.add(id)
  await readDetailsNow(tools, open)
  await probeDerivations(tools, open)
  return (await readCandidates(tools.db, steps, wish)).hasPin
}

async function isAnyAlive({ db, config }: PinTools): Promise<boolean> {
  const ids = config.caches.map(({ id }) => id)
  return (await db.cacheState.count({ where: { cache: { in: ids }, isAlive: true } })) > 0
}

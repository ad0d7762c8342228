import 'server-only'
import type { Cache } from '@/lib/caches/cache'
import type { CacheConfig } from '@/lib/config/schema'
import { nextReadingMs } from '@/lib/domain/narinfo-pace'
import type { Source } from '@/lib/sources/source'
import { type AskTools, askPaths } from './ask-paths'
import { type AskedOutput, type ReadOutput, readOutputs } from './presence-plan'

const MINUTE_MS = 60_000

export interface PinTools extends AskTools {
  readonly sources: readonly Source[]
  readonly caches: readonly Cache[]
}

/**
 * Asks the caches about the needed outputs of derivations: those with a bulk question first and about all of them, the
 * others about what none has shown yet, and no oftener than configured, for each path is a question of its own there.
 */
export async function probeDerivations(tools: PinTools, derivationIds: readonly number[]): Promise<void> {
  const needed = await readNeeded(tools, derivationIds)
  const found = new Set<number>()
  const caches = [...tools.caches].sort((a, b) => Number(a.askMissing === null) - Number(b.askMissing === null))
  for (const cache of caches) {
    const config = tools.config.caches.find(({ id }) => id === cache.id)
    if (config === undefined || needed.size === 0) continue
    const outputs = (await readOutputs(tools, cache.id, [...derivationIds])).filter(({ outputId }) =>
      needed.has(outputId),
    )
    const due = outputs.filter((output) => !found.has(output.outputId) && isDue(tools, { cache, config, output }))
    if (due.length > 0)
      await askPaths(
        tools,
        cache,
        due.map((output) => toAsked(tools, config, output)),
      )
    for (const { outputId, known } of await readOutputs(tools, cache.id, [...derivationIds])) {
      if (known?.presence === 'cached') found.add(outputId)
    }
  }
}

async function readNeeded({ db, config }: PinTools, derivationIds: readonly number[]): Promise<ReadonlySet<number>> {
  const outputs = await db.output.findMany({
    where: { derivationId: { in: [...derivationIds] }, path: { not: null }, name: { notIn: config.ignoreOutputs } },
    select: { id: true },
  })
  return new Set(outputs.map(({ id }) => id))
}

interface Due {
  readonly cache: Cache
  readonly config: CacheConfig
  readonly output: ReadOutput
}

function isDue({ now }: PinTools, { cache, config, output: { known } }: Due): boolean {
  if (cache.askMissing !== null || known === null || known.checkedMs === null) return true
  return known.presence === 'unreachable' || known.checkedMs <= now().getTime() - config.recheckMinutes * MINUTE_MS
}

/** What was read and not trusted is read again at its own pace, whoever asks (lib/domain/narinfo-pace.ts). */
function toAsked({ now }: PinTools, { recheckMinutes }: CacheConfig, output: ReadOutput): AskedOutput {
  const isDoubted = output.known?.presence === 'untrusted'
  const nextMs = isDoubted ? nextReadingMs(output.doubt, recheckMinutes * MINUTE_MS) : 0
  return { ...output, mayReadNarinfo: nextMs <= now().getTime() }
}

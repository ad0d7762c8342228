import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Pin, PinnedPackage, PinOutput } from '@/lib/contract/pin'
import type { Db } from '@/lib/db/client'
import { type Outage, underOutages } from './cache-outages'
import { readOutputs } from './outputs'
import type { WalkedStep } from './pin-walk'

const MINUTE_MS = 60_000

export interface PinnedFacts {
  readonly details: PinnedPackage[]
  readonly outputs: PinOutput[]
  readonly checks: Pin['checks']
  readonly size: Pin['size']
}

export interface PinOutputTools {
  readonly db: Db
  readonly config: Config
  readonly outages: readonly Outage[]
  readonly now: Date
}

/** The packages as they were built at a step, the outputs to download, and how old the caches' answers are. */
export async function readPinnedFacts(
  tools: PinOutputTools,
  { standings }: WalkedStep,
  packages: readonly string[],
): Promise<PinnedFacts> {
  const results = packages.flatMap((name) => standings.get(name)?.result ?? [])
  const ids = results.flatMap(({ derivationId }) => derivationId ?? [])
  const [stored, derivations] = await Promise.all([
    readOutputs(tools.db, tools.config, ids),
    tools.db.derivation.findMany({ where: { id: { in: ids } }, select: { id: true, path: true, version: true } }),
  ])
  const sizes = await readSizes(tools.db, ids)
  const outputsOf = (name: string, id: number) =>
    (stored.get(id) ?? [])
      .filter(({ needed }) => needed)
      .map((output): PinOutput => {
        const now = underOutages(output, tools.outages)
        const size = sizes.get(`${id} ${output.name}`) ?? { fileSize: null, narSize: null }
        return { ...now, ...checkOf(tools, now), package: name, ...size }
      })
  const outputs = results.flatMap(({ row, derivationId }) => outputsOf(row, derivationId ?? -1))
  const details = results.map((result): PinnedPackage => {
    const own = outputs.filter((output) => output.package === result.row)
    const derivation = derivations.find(({ id }) => id === result.derivationId)
    return {
      name: result.row,
      attribute: result.attribute,
      nixpkgsAttribute: result.package,
      system: result.system,
      variant: result.variant,
      version: derivation?.version || null,
      derivation: derivation?.path ?? null,
      checkedAt: oldestOf(own),
      fresh: isAllFresh(own),
    }
  })
  return { details, outputs, size: sizeOf(outputs), checks: checksOf(tools.config, outputs) }
}

/** How old the answers are that a step stands on. */
function checksOf(config: Config, outputs: readonly PinOutput[]): Pin['checks'] {
  const minutes = config.caches.map(({ recheckMinutes }) => recheckMinutes)
  return {
    oldestAt: oldestOf(outputs),
    fresh: isAllFresh(outputs),
    recheckMinutes: minutes.length === 0 ? null : Math.max(...minutes),
  }
}

function isAllFresh(outputs: readonly PinOutput[]): boolean {
  return outputs.length > 0 && outputs.every(({ fresh }) => fresh)
}

function oldestOf(outputs: readonly PinOutput[]): string | null {
  return oldestTime(outputs.map(({ checkedAt }) => checkedAt))
}

/** Null while one was never checked. Times of one form sort as text. */
function oldestTime(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : ([...times].sort()[0] ?? null)
}

/** Of the caches that have the output, the one that was asked last decides; where none has, all must have been asked. */
function checkOf(
  { config, now }: PinOutputTools,
  { caches }: Pick<PinOutput, 'caches'>,
): Pick<PinOutput, 'checkedAt' | 'fresh'> {
  const isFresh = ({ id, checkedAt }: PinOutput['caches'][number]) => {
    const minutes = config.caches.find((cache) => cache.id === id)?.recheckMinutes ?? 0
    return checkedAt !== null && now.getTime() - Date.parse(checkedAt) <= minutes * MINUTE_MS
  }
  const holding = caches.filter(({ presence }) => presence === 'cached')
  const times = (holding.length > 0 ? holding : caches).map(({ checkedAt }) => checkedAt)
  if (holding.length === 0) return { checkedAt: oldestTime(times), fresh: caches.length > 0 && caches.every(isFresh) }
  return {
    checkedAt:
      times
        .filter((time) => time !== null)
        .sort()
        .at(-1) ?? null,
    fresh: holding.some(isFresh),
  }
}

interface Size {
  readonly fileSize: number | null
  readonly narSize: number | null
}

/** Bytes by `derivation output`: as a narinfo told them, else of the unpacked output as its builder did. */
async function readSizes(db: Db, ids: number[]): Promise<ReadonlyMap<string, Size>> {
  const outputs = await db.output.findMany({
    where: { derivationId: { in: ids } },
    select: {
      derivationId: true,
      name: true,
      narSize: true,
      presences: { select: { narSize: true, fileSize: true }, orderBy: { cache: 'asc' } },
    },
  })
  return new Map(
    outputs.map(({ derivationId, name, narSize, presences }) => {
      const told = presences.find((presence) => presence.narSize !== null)
      const fileSize = presences.find((presence) => presence.fileSize !== null)?.fileSize ?? null
      return [`${derivationId} ${name}`, { fileSize: numberOf(fileSize), narSize: numberOf(told?.narSize ?? narSize) }]
    }),
  )
}

function numberOf(bytes: bigint | null): number | null {
  return bytes === null ? null : Number(bytes)
}

/** Each path counts once, whichever packages share it. */
function sizeOf(outputs: readonly PinOutput[]): Pin['size'] {
  const once = [
    ...new Map(outputs.map((output) => [output.path ?? `${output.package} ${output.name}`, output])).values(),
  ]
  return { fileBytes: sumOf(once.map(({ fileSize }) => fileSize)), narBytes: sumOf(once.map(({ narSize }) => narSize)) }
}

function sumOf(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0)
}

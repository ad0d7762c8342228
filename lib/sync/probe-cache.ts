import 'server-only'
import type { Cache, PathAnswer } from '@/lib/caches/cache'
import { parseStorePath } from '@/lib/domain/derivation-name'
import type { Finding } from '@/lib/domain/presence-change'
import { UpstreamError } from '@/lib/net/errors'
import type { AskedOutput } from './presence-plan'

/** What a cache said of one output, and why where that is not plain. */
export interface Answer {
  readonly finding: Finding
  readonly reason: string | null
  readonly signedBy: string | null
  readonly narSize: number | null
  readonly fileSize: number | null
  readonly isFromNarinfo: boolean
}

/** A cache in this run: whether its `nix-cache-info` answered. A 403 on a narinfo means "absent" only if it did. */
export interface CacheHealth {
  readonly isAlive: boolean
  readonly reason: string | null
}

/**
 * Asks one cache about outputs: bulk first; a narinfo is read only for a path that bulk shows and that was not verified
 * before, because a narinfo read may count as an access and keep the path from being collected (contract cachix, 11).
 * For the same reason one that was not trusted is read again ever more rarely (lib/domain/narinfo-pace.ts).
 */
export async function probeCache(
  cache: Cache,
  health: CacheHealth,
  outputs: readonly AskedOutput[],
): Promise<ReadonlyMap<number, Answer>> {
  if (!health.isAlive) return answerAll(outputs, unreachable(health.reason))
  const missing = await askBulk(cache, outputs)
  if (missing instanceof UpstreamError) return answerAll(outputs, unreachable(missing.message))
  const answers = await Promise.all(
    outputs.map(
      async (output): Promise<[number, Answer]> => [
        output.outputId,
        await answerOne(cache, output, missing === null ? null : !missing.has(digestOf(output.path))),
      ],
    ),
  )
  return new Map(answers)
}

async function answerOne(cache: Cache, output: AskedOutput, isInBulk: boolean | null): Promise<Answer> {
  if (isInBulk === false) return { ...NOTHING, finding: 'absent' }
  if (isInBulk === true && isVerified(output)) return { ...NOTHING, finding: 'verified' }
  if (isInBulk === true && !output.mayReadNarinfo) {
    return { ...NOTHING, finding: 'untrusted', reason: output.doubt.reason }
  }
  return toAnswer(await cache.askPath(output.path))
}

/** Verified once and in the cache ever since, as far as was asked: bulk keeps it. */
function isVerified(output: AskedOutput): boolean {
  return output.known?.lastPresence === 'cached'
}

async function askBulk(
  cache: Cache,
  outputs: readonly AskedOutput[],
): Promise<ReadonlySet<string> | UpstreamError | null> {
  if (cache.askMissing === null) return null
  try {
    return await cache.askMissing([...new Set(outputs.map(({ path }) => digestOf(path)))])
  } catch (error) {
    if (error instanceof UpstreamError) return error
    throw error
  }
}

function toAnswer(answer: PathAnswer): Answer {
  if (answer.kind === 'unreachable') return unreachable(answer.reason)
  if (answer.kind !== 'present') return { ...NOTHING, finding: 'absent' }
  const { isTrusted, reason, signedBy, narSize, fileSize } = answer.narinfo
  return { finding: isTrusted ? 'verified' : 'untrusted', reason, signedBy, narSize, fileSize, isFromNarinfo: true }
}

const NOTHING = { reason: null, signedBy: null, narSize: null, fileSize: null, isFromNarinfo: false }

function unreachable(reason: string | null): Answer {
  return { ...NOTHING, finding: 'unreachable', reason: reason ?? 'The cache does not answer.' }
}

function answerAll(outputs: readonly AskedOutput[], answer: Answer): ReadonlyMap<number, Answer> {
  return new Map(outputs.map((output) => [output.outputId, answer]))
}

function digestOf(path: string): string {
  return parseStorePath(path)?.digest ?? ''
}

import 'server-only'
import { binaryCache } from '@/lib/caches/binary-cache'
import type { Cache } from '@/lib/caches/cache'
import { cachixCache } from '@/lib/caches/cachix'
import type { QuestionKind } from '@/lib/caches/count-questions'
import type { CacheConfig, Config, SourceConfig } from '@/lib/config/schema'
import { env } from '@/lib/env'
import { type GithubCommits, githubCommits } from '@/lib/sources/github/compare'
import { type GithubRepository, githubRepository } from '@/lib/sources/github/github'
import { herculesCiSource } from '@/lib/sources/hercules-ci/hercules-ci'
import type { Source } from '@/lib/sources/source'
import { type QuestionTally, questionTally } from './question-tally'

/** Reads the lock file of a source's own repository at one of its revisions. */
export type LockReader = Pick<GithubRepository, 'readLock'>
/** Reads heads of upstream nixpkgs branches. */
export type UpstreamReader = Pick<GithubRepository, 'readBranchHead'>

export interface Adapters {
  readonly sources: readonly Source[]
  readonly caches: readonly Cache[]
  /** By source id. */
  readonly locks: ReadonlyMap<string, LockReader>
  readonly upstream: UpstreamReader
  /** Commits of upstream nixpkgs; without it no suspects are read. */
  readonly commits?: GithubCommits
  /** The questions that these caches were asked and that are not stored yet. */
  readonly questions?: QuestionTally
}

/** One adapter for everything that the configuration names; secrets come from the environment alone. */
export function makeAdapters(config: Config): Adapters {
  const token = env().GITHUB_TOKEN
  const questions = questionTally()
  const github = (place: GithubPlace) => githubRepository({ ...place, raw: place.raw ?? undefined, token })
  return {
    sources: config.sources.map((source) => makeSource(source)),
    caches: config.caches.map((cache) => makeCache(cache, questions)),
    questions,
    locks: new Map(
      config.sources.flatMap((source) =>
        source.kind === 'hercules-ci' && source.repository !== null
          ? [[source.id, github(source.repository)] as const]
          : [],
      ),
    ),
    upstream: github(config.upstream),
    commits: githubCommits({ ...config.upstream, token }),
  }
}

interface GithubPlace {
  readonly api: string
  readonly raw?: string | null
  readonly owner: string
  readonly name: string
}

function makeSource(source: SourceConfig): Source {
  if (source.kind === 'hercules-ci') {
    return herculesCiSource({
      ...source,
      handlers: source.handlers ?? undefined,
      token: env().HERCULES_CI_TOKEN,
    })
  }
  throw new Error(`Sources of kind ${source.kind} cannot be read.`)
}

function makeCache(cache: CacheConfig, questions: QuestionTally): Cache {
  const onQuestion = (kind: QuestionKind) => questions.count(cache.id, kind)
  if (cache.kind === 'cachix') return cachixCache({ ...cache, token: env().CACHIX_AUTH_TOKEN, onQuestion })
  return binaryCache({ ...cache, onQuestion })
}

import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'
import { SUSPECTS_MAX, type Suspect, type Suspects } from '@/lib/contract/suspects'
import { db as openDatabase } from '@/lib/db/client'
import { bisectCommand } from '@/lib/domain/bisect'
import { compareUrl, repositoryUrl } from '@/lib/domain/source-url'
import { rankSuspects } from '@/lib/domain/suspects'
import type { ReadTools } from './matrix'
import { type Breakage, readBreakage } from './suspect-breakage'
import { type KnownRange, readKnownRange } from './suspect-range'
import { readSuspectTarget } from './suspect-target'
import { suspectsNote } from './suspects-note'
import { isoOf } from './times'

/** The commits that may have broken a row on a branch, or null when there is no such cell. */
export async function readSuspects(
  { branch, row }: { branch: string; row: string },
  tools: ReadTools = {},
): Promise<Suspects | null> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const breakage = await readBreakage(db, { branch, row })
  if (breakage === null) return null
  const { from, to } = breakage.edges
  if (from === null || to === null || from === to) return withoutCommits(config, breakage)
  const range = await readKnownRange(db, { from, to })
  const ranked = range.commits.length === 0 ? [] : rankSuspects(range.commits, await readSuspectTarget(db, breakage))
  return {
    package: row,
    branch,
    range: { from, to, compareUrl: compareUrl(config.upstream, from, to), commits: range.totalCommits },
    state: range.state,
    note: [suspectsNote(range), breakage.caveat].filter((sentence) => sentence !== '').join(' '),
    suspects: ranked.slice(0, SUSPECTS_MAX).map(({ commit, ...found }) => toSuspect(config, commit, found)),
    bisect:
      breakage.bisected === null
        ? null
        : bisectCommand({ good: from, bad: to, config: config.nixpkgsConfig, ...breakage.bisected }),
  }
}

function withoutCommits(config: Config, { branch, row, edges }: Breakage): Suspects {
  const { state, note, from, to } = edges
  const range =
    from === null || to === null ? null : { from, to, compareUrl: compareUrl(config.upstream, from, to), commits: 0 }
  return { package: row, branch, range, state, note, suspects: [], bisect: null }
}

function toSuspect(
  config: Config,
  { sha, subject, dateMs }: KnownRange['commits'][number],
  { closeness, reason, distance }: Pick<Suspect, 'closeness' | 'reason' | 'distance'>,
): Suspect {
  const url = `${repositoryUrl(config.upstream)}/commit/${sha}`
  return { sha, subject, at: isoOf(dateMs), url, closeness, reason, distance }
}

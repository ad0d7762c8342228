import 'server-only'
import { publicUrl, config as readConfiguration } from '@/lib/config/config'
import type { Frame } from '@/lib/contract/frame'
import { db as openDatabase } from '@/lib/db/client'
import { repositoryUrl } from '@/lib/domain/source-url'
import { readBranches } from './branches'
import type { ReadTools } from './matrix'
import { readRunningSync } from './running-sync'

/** What stands around every page: the title, the heads of the branches, when sources were read, the running sync. */
export async function readFrame(now: Date = new Date(), tools: ReadTools = {}): Promise<Frame> {
  const { db = openDatabase(), config = readConfiguration() } = tools
  const [branches, packages, states, running] = await Promise.all([
    readBranches(db, config, now),
    db.row.count(),
    db.sourceState.findMany({ where: { source: { in: config.sources.map(({ id }) => id) } } }),
    readRunningSync(db, now),
  ])
  return {
    title: config.title,
    isDemo: config.demo,
    publicUrl: publicUrl(),
    nixpkgsUrl: repositoryUrl(config.upstream),
    packages,
    branches,
    readAt: oldestRead(states, config.sources.length),
    syncRunning: running,
  }
}

/** When the source that was read longest ago was last read; null when one never was. */
function oldestRead(states: readonly { readMs: bigint | null }[], sources: number): string | null {
  const times = states.flatMap(({ readMs }) => (readMs === null ? [] : Number(readMs)))
  return times.length < sources ? null : new Date(Math.min(...times)).toISOString()
}

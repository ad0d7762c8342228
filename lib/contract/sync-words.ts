import type { SyncStage } from '@/lib/domain/sync-stage'
import type { SyncRun } from './sync'

/** What a sync does at a stage, for people. */
export const STAGE_WORDS = {
  list: 'listing runs',
  evaluations: 'reading evaluations',
  derivations: 'reading derivations',
  locks: 'reading lock files',
  presence: 'asking caches',
  matrix: 'drawing up the matrix',
  logs: 'reading build logs',
  suspects: 'reading commits to suspect',
} satisfies Record<SyncStage, string>

/** What started a sync, for people. */
export const TRIGGER_WORDS = {
  schedule: 'schedule',
  command: 'command line',
  api: 'API',
  button: 'button',
  demo: 'demo',
} satisfies Record<SyncRun['trigger'], string>

/** What a run of the sync is doing, in order; shown with its progress. */
export const SYNC_STAGES = [
  'list',
  'evaluations',
  'derivations',
  'locks',
  'presence',
  'matrix',
  'logs',
  'suspects',
] as const
export type SyncStage = (typeof SYNC_STAGES)[number]

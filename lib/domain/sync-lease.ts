/** The name of the lease that the one running sync holds; others are of those who notify. */
export const SYNC_LEASE = 'sync'

/** A lease whose heart has not beaten for this long belongs to a dead process. */
export const LEASE_DEAD_AFTER_MS = 60_000

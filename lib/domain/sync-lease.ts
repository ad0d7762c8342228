/** A sync whose heart has not beaten for this long belongs to a dead process. */
export const LEASE_DEAD_AFTER_MS = 60_000

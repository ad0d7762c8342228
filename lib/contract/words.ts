import { z } from 'zod'
import { PRESENCES } from '@/lib/domain/presence'
import { STATUSES } from '@/lib/domain/status'

export const StatusSchema = z.enum(STATUSES)
export const PresenceSchema = z.enum(PRESENCES)
export const FreshnessSchema = z.enum(['fresh', 'stale', 'never'])
export type Freshness = z.infer<typeof FreshnessSchema>

/** ISO 8601, UTC. */
export const TimeSchema = z.iso.datetime()
export const RevisionSchema = z.string().regex(/^[0-9a-f]{40}$/)

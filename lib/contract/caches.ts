import { z } from 'zod'
import { TimeSchema } from './words'

/** One configured cache, as it last answered for itself. */
export const CacheSchema = z.object({
  id: z.string(),
  kind: z.enum(['cachix', 'binary-cache']),
  url: z.string(),
  /** At most this often a path is asked for. */
  recheckMinutes: z.number().int(),
  publicKeys: z.array(z.string()),
  /** `never-asked` until the first sync has asked it. */
  state: z.enum(['alive', 'refusing', 'never-asked']),
  /** Why it refuses; null while it answers. */
  reason: z.string().nullable(),
  checkedAt: TimeSchema.nullable(),
})
export type Cache = z.infer<typeof CacheSchema>

export const CachesSchema = z.object({
  generatedAt: TimeSchema,
  /** In the order of the configuration. */
  caches: z.array(CacheSchema),
})
export type Caches = z.infer<typeof CachesSchema>

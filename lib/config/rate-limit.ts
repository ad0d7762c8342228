import 'server-only'
import { type Env, env } from '@/lib/env'

/** How many costly requests one client may send in a minute; 0: any number (`RATE_LIMIT_PER_MINUTE`). */
export function costlyPerMinute({ RATE_LIMIT_PER_MINUTE }: Pick<Env, 'RATE_LIMIT_PER_MINUTE'> = env()): number {
  return RATE_LIMIT_PER_MINUTE
}

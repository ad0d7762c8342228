import 'server-only'
import { type Env, env } from '@/lib/env'

/** Addresses and networks of the proxies whose forwarded addresses count (`TRUST_PROXY`). */
export function trustedProxies({ TRUST_PROXY }: Pick<Env, 'TRUST_PROXY'> = env()): readonly string[] {
  return TRUST_PROXY
}

import 'server-only'
import { trustedProxies } from '@/lib/config/trusted-proxies'
import { clientAddress, toTrustedProxies } from '@/lib/http/client-address'

/** The address that limits per client count by; `TRUST_PROXY` says whose forwarded addresses count. */
export function clientOf(headers: Headers): string {
  return clientAddress(headers, toTrustedProxies(trustedProxies()))
}

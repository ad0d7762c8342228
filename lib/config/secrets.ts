import 'server-only'
import { secretOf } from '@/lib/env'
import { ConfigError, pathText } from './faults'
import type { Config, NotificationConfig } from './schema'

type ReadSecret = (name: string) => string | undefined

/** The same configuration, once every secret that it names is there. Throws `ConfigError` that tells none of them. */
export function withSecrets(config: Config, read: ReadSecret = secretOf): Config {
  const faults = config.notifications.flatMap((receiver, index) =>
    receiver.enabled ? faultsOf(receiver, index, read) : [],
  )
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

function faultsOf(receiver: NotificationConfig, index: number, read: ReadSecret): string[] {
  const named = Object.entries(receiver).flatMap(([key, name]) =>
    key.endsWith('Env') && typeof name === 'string' ? [[key, name] as const] : [],
  )
  return named.flatMap(([key, name]) => {
    const fault = faultOf(receiver.kind, name, read(name))
    return fault === null ? [] : [`${pathText(['notifications', index, key])}: ${fault}`]
  })
}

function faultOf(kind: NotificationConfig['kind'], name: string, value: string | undefined): string | null {
  if (value === undefined) return `expected the environment variable ${name} to be set, found nothing in it`
  // What no header can carry would be told by the fault that it makes.
  if (!/^[\x20-\x7e]+$/.test(value) && kind !== 'email') {
    return `expected one line of plain characters in the environment variable ${name}, found others`
  }
  if (kind !== 'webhook' || isSigningSecret(value)) return null
  return `expected whsec_ and 24 to 64 bytes in base64 in the environment variable ${name} (whsec_$(openssl rand -base64 32)), found something else`
}

/** As the Standard Webhooks specification has it. */
function isSigningSecret(value: string): boolean {
  const text = value.replace(/^whsec_/, '')
  const bytes = Buffer.from(text, 'base64')
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === text
}

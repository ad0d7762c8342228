import 'server-only'
import { z } from 'zod'
import { envNameValue, textValue } from './values'

const SECRET_NAME = /(token|secret|password|passphrase|credential|authorization|apikey)$/i

/** One receiver of notifications. Only its kind and its secrets are looked at here; each kind reads its own keys. */
export const NotificationSchema = z
  .looseObject({ kind: textValue.describe('What kind of receiver this is.') })
  .check((context) => {
    for (const [key, value] of Object.entries(context.value)) {
      const message = faultOf(key, value)
      if (message !== null) context.issues.push({ code: 'custom', path: [key], message, input: value })
    }
  })

function faultOf(key: string, value: unknown): string | null {
  if (key.endsWith('Env')) {
    return envNameValue.safeParse(value).success ? null : 'the name of an environment variable (A-Z, 0-9 and _)'
  }
  if (SECRET_NAME.test(key)) return `no secret in this file, but "${key}Env" with the name of an environment variable`
  if (typeof value === 'string' && hasCredentials(value)) return 'an address without user name and password'
  return null
}

function hasCredentials(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username !== '' || password !== ''
}

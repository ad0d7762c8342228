import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import { type Attempts, countWrong, retryAt } from './attempts'

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'wrong-token' }
  /** Without an admin token nobody may trigger anything. */
  | { readonly kind: 'not-configured' }
  | { readonly kind: 'too-many-tries'; readonly retryAt: Date }

export interface AdmissionOptions {
  readonly now: Date
  readonly adminToken?: string | undefined
  readonly attempts?: Attempts
}

declare global {
  // Outside the module: Next loads it once for pages and once for routes, and a guesser must not get two limits.
  var flakeboardAttempts: Attempts | undefined
}

/** May whoever sends this token from this address trigger something? Compared in constant time; wrong tries are limited. */
export function admit(token: string, client: string, options: AdmissionOptions): Admission {
  const { now, attempts = sharedAttempts() } = options
  const adminToken = 'adminToken' in options ? options.adminToken : env().FLAKEBOARD_ADMIN_TOKEN
  if (adminToken === undefined || adminToken === '') return { kind: 'not-configured' }
  const blockedUntil = retryAt(attempts, client, now)
  if (blockedUntil !== null) return { kind: 'too-many-tries', retryAt: blockedUntil }
  if (!timingSafeEqual(digest(token), digest(adminToken))) {
    countWrong(attempts, client, now)
    return { kind: 'wrong-token' }
  }
  attempts.delete(client)
  return { kind: 'admitted' }
}

/** Is there an admin token at all? Without one nobody can sign in. */
export function isSignInConfigured(): boolean {
  return (env().FLAKEBOARD_ADMIN_TOKEN ?? '') !== ''
}

function sharedAttempts(): Attempts {
  globalThis.flakeboardAttempts ??= new Map()
  return globalThis.flakeboardAttempts
}

// Hashed first, because timingSafeEqual throws on inputs of different length.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import 'server-only'
import { hkdfSync } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import { z } from 'zod'
import { publicUrl } from '@/lib/config/config'
import { env } from '@/lib/env'

export const SESSION_COOKIE = 'flakeboard_session'
const MAX_AGE_SECONDS = 14 * 24 * 3600

const SessionSchema = z.object({ who: z.string().min(1).max(100) })
/** Who is signed in: the name that they gave beside the admin token. */
export type Session = z.infer<typeof SessionSchema>

/** The value of the session cookie: encrypted and authenticated, valid for two weeks. */
export async function sealSession(session: Session, adminToken = requiredToken()): Promise<string> {
  return sealData(session, { password: sessionKey(adminToken), ttl: MAX_AGE_SECONDS })
}

/** The session in a cookie, or null when it is missing, expired, changed, or sealed under another admin token. */
export async function openSession(
  cookie: string | undefined,
  adminToken = env().FLAKEBOARD_ADMIN_TOKEN,
): Promise<Session | null> {
  if (cookie === undefined || adminToken === undefined || adminToken === '') return null
  try {
    const content = await unsealData<unknown>(cookie, { password: sessionKey(adminToken), ttl: MAX_AGE_SECONDS })
    return SessionSchema.safeParse(content).data ?? null
  } catch {
    // Whatever is wrong with a stranger's cookie, it opens no session.
    return null
  }
}

/** Not readable by scripts, not sent along by other sites' forms, and over https alone where the installation has it. */
export function sessionCookieOptions(ownAddress = publicUrl()) {
  const secure = ownAddress.startsWith('https:')
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: MAX_AGE_SECONDS } as const
}

// Derived from the token (HKDF, RFC 5869), so that changing the token ends every session.
function sessionKey(adminToken: string): string {
  return Buffer.from(hkdfSync('sha256', adminToken, '', 'flakeboard session 1', 32)).toString('base64url')
}

function requiredToken(): string {
  const token = env().FLAKEBOARD_ADMIN_TOKEN
  if (token === undefined) throw new Error('A session needs FLAKEBOARD_ADMIN_TOKEN.')
  return token
}

import 'server-only'
import { cookies } from 'next/headers'
import { openSession, SESSION_COOKIE, type Session } from '@/lib/sync/session'

/** Who is signed in on this request, or null. */
export async function currentSession(): Promise<Session | null> {
  return openSession((await cookies()).get(SESSION_COOKIE)?.value)
}

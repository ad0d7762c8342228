'use server'

import { refresh } from 'next/cache'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { SyncRequestSchema } from '@/lib/contract/sync'
import { type Admission, admit } from '@/lib/sync/authorise'
import { startInBackground } from '@/lib/sync/background'
import { SESSION_COOKIE, sealSession, sessionCookieOptions } from '@/lib/sync/session'
import { UnknownSourceError } from '@/lib/sync/start-sync'
import type { ResyncState, SignInState } from './action-states'
import { clientOf } from './client-of'
import { currentSession } from './current-session'
import { toReturnPath } from './return-path'

const SignInSchema = z.object({
  name: z.string().trim().min(1).max(100),
  token: z.string().min(1).max(1000),
  returnTo: z.string().max(2000).optional(),
})

/** Opens a session for whoever knows the admin token. The name is what `/sync` shows beside their runs. */
export async function signIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  const input = SignInSchema.safeParse(Object.fromEntries(form))
  if (!input.success) {
    return { status: 'refused', message: 'Enter your name (100 characters at most) and the token.', name: '' }
  }
  const { name, token, returnTo } = input.data
  const admission = admit(token, clientOf(await headers()), { now: new Date() })
  if (admission.kind !== 'admitted') return { status: 'refused', message: refusalOf(admission), name }

  const store = await cookies()
  store.set(SESSION_COOKIE, await sealSession({ who: name }), sessionCookieOptions())
  redirect(toReturnPath(returnTo))
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  const store = await cookies()
  store.delete(SESSION_COOKIE)
}

/** Starts a sync. Reachable by anyone who can POST, so it looks at the session itself. */
export async function resync(_previous: ResyncState, form: FormData): Promise<ResyncState> {
  const session = await currentSession()
  if (session === null) return { status: 'refused', message: 'Your session has ended. Sign in again.' }
  const input = SyncRequestSchema.safeParse({
    source: form.get('source') || undefined,
    full: form.get('full') === 'on',
  })
  if (!input.success) return { status: 'refused', message: 'Choose one of the sources, or all of them.' }
  try {
    const { started, id } = await startInBackground({ trigger: 'button', who: session.who, ...input.data })
    refresh()
    return { status: started ? 'started' : 'running', id }
  } catch (error) {
    if (error instanceof UnknownSourceError) return { status: 'refused', message: error.message }
    throw error
  }
}

function refusalOf(admission: Exclude<Admission, { kind: 'admitted' }>): string {
  if (admission.kind === 'wrong-token') return 'This is not the admin token. Check it and try again.'
  if (admission.kind === 'not-configured') {
    return 'Nobody can sign in here: the server has no admin token (FLAKEBOARD_ADMIN_TOKEN).'
  }
  return `Too many wrong tokens. Try again after ${admission.retryAt.toISOString().slice(11, 16)} UTC.`
}

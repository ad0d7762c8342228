'use server'

import { refresh } from 'next/cache'
import { currentSession } from '@/app/current-session'
import { changeTriage } from '@/lib/sync/change-triage'
import type { ChangeState, Typed } from './change-state'

/** Stores what a signed-in person says of a cause. Reachable by anyone who can POST, so it looks at the session itself. */
export async function changeCause(_previous: ChangeState, form: FormData): Promise<ChangeState> {
  const typed = { state: textOf(form, 'state'), note: textOf(form, 'note'), issueUrl: textOf(form, 'issueUrl') }
  const act = form.has('note') ? ('note' as const) : ('acknowledge' as const)
  const session = await currentSession()
  if (session === null) {
    const message = 'Your session has ended. Sign in again in another tab, then save.'
    return { status: 'refused', act, message, version: null, typed, isSignedOut: true }
  }
  const result = await changeTriage(Object.fromEntries(form), { who: session.who, now: new Date() })
  refresh()
  if (result.changed) return { status: 'saved', act, version: result.version, said: result.said }
  return { status: 'refused', act, message: result.message, version: result.version, typed, isSignedOut: false }
}

function textOf(form: FormData, name: keyof Typed): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

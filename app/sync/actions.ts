'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import type { TryState } from '@/app/action-states'
import { currentSession } from '@/app/current-session'
import { testReceiver } from '@/lib/sync/test-receiver'

const ReceiverSchema = z.string().min(1).max(100)

/** Sends a test to one receiver. Reachable by anyone who can POST, so it looks at the session itself. */
export async function tryReceiver(_previous: TryState, form: FormData): Promise<TryState> {
  const at = Date.now()
  const session = await currentSession()
  if (session === null) return { status: 'refused', at, message: 'Your session has ended. Sign in again.' }
  const receiver = ReceiverSchema.safeParse(form.get('receiver'))
  if (!receiver.success) return { status: 'refused', at, message: 'Choose one of the receivers.' }
  const tested = await testReceiver({ receiver: receiver.data, who: session.who })
  refresh()
  return tested.sent ? { status: 'sent', at } : { status: 'refused', at, message: `Not sent: ${tested.reason}.` }
}

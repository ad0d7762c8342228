'use client'

import { useActionState } from 'react'
import type { SignInState } from '@/app/action-states'
import { signIn } from '@/app/actions'

const IDLE: SignInState = { status: 'idle' }

/** Name and admin token; also without JavaScript, where the page comes back with the refusal. */
export function SignInForm({ returnTo }: { returnTo: string }) {
  const [state, action, isPending] = useActionState(signIn, IDLE)
  const name = state.status === 'refused' ? state.name : ''
  return (
    <form action={action} className="grid gap-4">
      <input type="hidden" name="returnTo" value={returnTo} />
      <label className="grid gap-1">
        Your name
        <input name="name" required maxLength={100} autoComplete="nickname" defaultValue={name} className="field" />
      </label>
      <label className="grid gap-1">
        Admin token
        <input
          name="token"
          type="password"
          required
          maxLength={1000}
          autoComplete="current-password"
          aria-describedby="token-hint"
          className="field"
        />
      </label>
      <p id="token-hint" className="text-muted">
        Whoever runs this dashboard set the token. Your name is shown beside the syncs that you start.
      </p>
      {state.status === 'refused' && <p role="alert">{state.message}</p>}
      <button type="submit" disabled={isPending} className="button w-fit">
        Sign in
      </button>
    </form>
  )
}

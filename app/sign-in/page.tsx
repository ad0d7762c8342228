import type { Metadata } from 'next'
import { signOut } from '@/app/actions'
import { currentSession } from '@/app/current-session'
import { toReturnPath } from '@/app/return-path'
import { isSignInConfigured } from '@/lib/sync/authorise'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const [{ returnTo }, session] = await Promise.all([searchParams, currentSession()])
  return (
    <div className="grid max-w-md gap-4 p-4">
      <h1 className="text-xl font-semibold">Sign in</h1>
      {session !== null && <SignedIn who={session.who} />}
      {session === null && isSignInConfigured() && <SignInForm returnTo={toReturnPath(returnTo)} />}
      {session === null && !isSignInConfigured() && (
        <p>
          Nobody can sign in here, because the server has no admin token. Whoever runs it sets one as{' '}
          <code>FLAKEBOARD_ADMIN_TOKEN</code> and starts it again. Reading needs no sign-in.
        </p>
      )}
    </div>
  )
}

function SignedIn({ who }: { who: string }) {
  return (
    <form action={signOut} className="flex flex-wrap items-center gap-3">
      <p>You are signed in as {who}.</p>
      <button type="submit" className="button">
        Sign out
      </button>
    </form>
  )
}

import { paths } from '@/lib/contract/paths'
import type { ChangeState } from './change-state'

/** What became of a form that was sent. */
export function ChangeMessage({ state }: { state: ChangeState }) {
  if (state.status === 'refused') {
    return (
      <p role="alert" className="max-w-[64ch] text-sm">
        {state.message}{' '}
        {state.isSignedOut && (
          // What is typed stays in this tab.
          <a href={paths.signInFrom(paths.triage())} target="_blank" rel="noreferrer">
            Sign in
          </a>
        )}
      </p>
    )
  }
  return (
    <p role="status" className="text-sm text-muted">
      {state.status === 'saved' ? 'Saved.' : ''}
    </p>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { readLogNow } from '@/lib/client/log'

/** Has the log read from its source when a person asks for it; then the page is drawn anew from what is stored. */
export function AskIsland({ derivation, isAgain }: { derivation: string; isAgain: boolean }) {
  const router = useRouter()
  const ask = useMutation({ mutationFn: () => readLogNow(derivation), onSuccess: () => router.refresh() })
  return (
    <span className="js-only">
      <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
        {isAgain ? 'Ask the source again' : 'Read the log now'}
      </button>{' '}
      <span role="status">{messageOf(ask)}</span>
    </span>
  )
}

function messageOf({ status, error }: { status: string; error: Error | null }): string {
  if (status === 'pending') return 'Asking the source …'
  if (status === 'success') return 'The source was asked.'
  return error?.message ?? ''
}

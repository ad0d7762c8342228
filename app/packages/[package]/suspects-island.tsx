'use client'
import { useMutation } from '@tanstack/react-query'
import { Suspects } from '@/components/suspects'
import { readSuspectsNow } from '@/lib/client/suspects'
import { useNow } from '@/lib/client/use-now'
import type { Suspects as SuspectsAnswer } from '@/lib/contract/suspects'

export interface SuspectsIslandProps {
  /** What is stored. */
  readonly stored: SuspectsAnswer
  readonly nixpkgsUrl: string
  readonly serverNow: string
}

/** Suspects as they are stored, and, where a person asks, as they are once the commits were read. */
export function SuspectsIsland({ stored, nixpkgsUrl, serverNow }: SuspectsIslandProps) {
  const now = useNow(serverNow)
  const ask = useMutation({ mutationFn: () => readSuspectsNow(stored.package, stored.branch) })
  const action = (
    <span className="js-only">
      <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
        Read the commits now
      </button>{' '}
      <span role="status">{ask.isPending ? 'Asking …' : ask.error?.message}</span>
    </span>
  )
  return <Suspects suspects={ask.data ?? stored} now={now} nixpkgsUrl={nixpkgsUrl} action={action} />
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspects, type SuspectsProps } from '@/components/suspects'
import { readSuspectsNow, suspectsQuery } from '@/lib/client/suspects'
import type { Suspects as SuspectsAnswer } from '@/lib/contract/suspects'

export interface SuspectsIslandProps extends Omit<SuspectsProps, 'suspects' | 'action'> {
  /** What is stored. */
  readonly stored: SuspectsAnswer
}

/** Suspects as they are stored, and, where a person asks, as they are once the commits were read. */
export function SuspectsIsland({ stored, ...view }: SuspectsIslandProps) {
  const queryClient = useQueryClient()
  const { package: name, branch } = stored
  const ask = useMutation({
    mutationFn: () => readSuspectsNow(name, branch),
    onSuccess: (read) => queryClient.setQueryData(suspectsQuery(name, branch).queryKey, read),
  })
  const action = (
    <span className="js-only">
      <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
        Read the commits now
      </button>{' '}
      <span role="status">{ask.isPending ? 'Asking …' : ask.error?.message}</span>
    </span>
  )
  return <Suspects {...view} suspects={ask.data ?? stored} action={action} />
}

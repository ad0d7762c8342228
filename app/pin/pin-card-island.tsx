'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { PinCard } from '@/components/pin/pin-card'
import { askPinNow, pinQuery } from '@/lib/client/pin'
import type { PinAnswer } from '@/lib/contract/pin'

export interface PinCardIslandProps {
  readonly branch: string
  readonly title: string
  readonly packages: readonly string[]
  readonly isAlone: boolean
  readonly now: Date
  readonly nixpkgsUrl: string
}

/** The pin on one branch: as stored, and once the caches were asked anew, by itself where their answers are too old. */
export function PinCardIsland({ branch, title, packages, ...view }: PinCardIslandProps) {
  const query = useQuery(pinQuery(branch, packages))
  const { ask, message } = useAsking(branch, packages, query.data)
  return (
    <PinCard
      {...{ branch, title, packages, ...view }}
      answer={query.data ?? null}
      fault={query.error?.message ?? null}
      action={
        <span className="js-only">
          <button type="button" className="button" disabled={ask.isPending} onClick={() => ask.mutate()}>
            Check the caches now
          </button>{' '}
          <span role="status" className="text-sm text-muted">
            {message}
          </span>
        </span>
      }
    />
  )
}

function useAsking(branch: string, packages: readonly string[], answer: PinAnswer | undefined) {
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: () => askPinNow(branch, packages),
    onSuccess: (asked) => client.setQueryData(pinQuery(branch, packages).queryKey, asked),
  })
  const { mutate, isIdle } = ask
  const isOld = answer !== undefined && isAskedLongAgo(answer)
  // Once: what is still old then, because a cache does not answer, stays so until a person asks again.
  useEffect(() => {
    if (isOld && isIdle) mutate()
  }, [isOld, isIdle, mutate])
  return { ask, message: ask.isPending ? 'Asking the caches …' : (ask.error?.message ?? doneWord(ask.isSuccess)) }
}

function doneWord(isDone: boolean): string {
  return isDone ? 'Checked just now.' : ''
}

function isAskedLongAgo(answer: PinAnswer): boolean {
  if (answer.kind === 'pin') return !answer.pin.checks.fresh
  return answer.kind === 'none' && answer.none.checks !== null && !answer.none.checks.fresh
}

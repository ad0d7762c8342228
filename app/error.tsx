'use client'
import { Fault } from '@/components/fault'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Fault error={error} onRetry={retry} />
}

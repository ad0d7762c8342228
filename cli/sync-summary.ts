import type { SyncRun } from '@/lib/contract/sync'
import { printable } from './terminal'

const FAULTS_MAX = 50

/** What a run did, in one line. */
export function summaryLine({ counts, status }: SyncRun): string {
  const { evaluations, results, checks } = counts
  const numbers = [
    `${count(evaluations)} evaluations`,
    `${count(results)} results`,
    `${count(checks)} cache checks`,
  ].join(', ')
  return `${status === 'done' ? 'Done' : 'Ended with faults'}: ${numbers}.`
}

/** What failed, one line each: where, which address, why. */
export function faultLines({ errors }: SyncRun): string[] {
  const lines = errors
    .slice(0, FAULTS_MAX)
    .map(({ source, address, reason }) => printable([`${source}:`, address, reason].filter(Boolean).join(' ')))
  return errors.length > FAULTS_MAX ? [...lines, `and ${errors.length - FAULTS_MAX} more; /sync lists them`] : lines
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

import 'server-only'
import type { NotificationConfig } from '@/lib/config/schema'
import type { Db, Tx } from '@/lib/db/client'
import { isOfInterest } from '@/lib/domain/delivery'
import type { CauseNow } from '@/lib/receivers/receiver'

/** A root cause as triage knows it now, and the issue that a receiver keeps for it. */
export async function readCauseNow(db: Db, receiver: NotificationConfig, cause: string | null): Promise<CauseNow> {
  if (receiver.kind !== 'github-issues' || cause === null) return { isBroken: false, issue: null }
  const blocks = await db.triageBlock.findMany({ where: { key: cause }, select: { branch: true, row: true } })
  const issue = await db.githubIssue.findUnique({ where: { receiver_cause: { receiver: receiver.id, cause } } })
  return {
    isBroken: blocks.some((block) => isOfInterest(receiver, block)),
    issue: issue === null ? null : { number: issue.number, isOpen: issue.isOpen },
  }
}

/** The issues of a cause whose key has changed follow it, but where the new key has one already. */
export async function renameIssues(tx: Tx, from: string, to: string): Promise<void> {
  const taken = await tx.githubIssue.findMany({ where: { cause: to }, select: { receiver: true } })
  const receivers = taken.map(({ receiver }) => receiver)
  await tx.githubIssue.updateMany({ where: { cause: from, receiver: { notIn: receivers } }, data: { cause: to } })
}

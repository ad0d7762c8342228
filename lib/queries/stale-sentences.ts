import 'server-only'
import type { StaleReason } from '@/lib/domain/freshness'

/** Why a branch is stale, in sentences for people. */
export function staleSentences(
  reasons: readonly StaleReason[],
  limits: { readonly staleAfterHours: number; readonly staleBehindDays: number },
): string[] {
  const sentence = {
    'evaluation-old': `The newest finished evaluation is older than ${limits.staleAfterHours} hours.`,
    behind: `Its nixpkgs revision is more than ${limits.staleBehindDays} days behind the branch upstream.`,
    'source-unread': `The source was last read more than ${limits.staleAfterHours} hours ago.`,
  } satisfies Record<StaleReason, string>
  return reasons.map((reason) => sentence[reason])
}

import type { Cell } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'

type LogAddress = ReturnType<typeof paths.derivationLog>

/** The derivation whose log tells of a cell: what is blocked was never built, so that of its root cause. */
export function logOf(cell: Cell | undefined): string | null {
  const root = cell?.status === 'dependency-failed' ? cell.rootCauses[0]?.derivation : null
  return root ?? cell?.derivation ?? null
}

/**
 * The key `l`: the log on our page, or, of what has no derivation, its source in a new tab. Gives what to say, or nothing
 * when it opened.
 */
export function openLog(cell: Cell | undefined, go: (address: LogAddress) => void): string {
  const derivation = logOf(cell)
  if (derivation !== null) {
    go(paths.derivationLog(derivation, { from: 1 }))
    return ''
  }
  if (!cell?.url) return 'This cell has no build to open.'
  window.open(cell.url, '_blank', 'noopener')
  return ''
}

/** The key `c`: the nixpkgs revision on which the cell was last ready, to the clipboard. Gives what to say. */
export async function copyPin(cell: Cell | undefined, branch: string): Promise<string> {
  const revision = cell?.lastReady?.nixpkgsRevision
  if (!revision) return `Nothing to pin: never seen ready on ${branch}.`
  const isCopied = await navigator.clipboard?.writeText(revision).then(
    () => true,
    () => false,
  )
  const short = revision.slice(0, 8)
  return isCopied ? `Copied ${short}, last ready on ${branch}.` : `This browser does not let us copy ${short}.`
}

import type { Cell } from '@/lib/contract/matrix'

/** The key `l`: the build at its source in a new tab. Gives what to say, or nothing when it opened. */
export function openLog(cell: Cell | undefined): string {
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

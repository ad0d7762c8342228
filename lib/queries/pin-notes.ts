import 'server-only'
import type { BlockedPackage, PinnedPackage } from '@/lib/contract/pin'
import { nixSelect } from '@/lib/domain/nix-expression'

/** What the snippets of a pin cannot say, in sentences. */
export function pinNotes(details: readonly PinnedPackage[]): string[] {
  const variants = details.filter(({ variant }) => variant !== null && variant !== 'basic')
  const systems = [...new Set(details.flatMap(({ system }) => system ?? []))]
  const unnamed = details.filter(({ nixpkgsAttribute }) => nixSelect('pkgs', nixpkgsAttribute) === null)
  return [
    ...variants.map(
      ({ name, variant }) =>
        `${name} was built as the variant ${variant}, which the snippets do not choose: its hash may differ.`,
    ),
    ...(systems.length > 1 ? [`The packages were built for several systems: ${systems.join(', ')}.`] : []),
    ...unnamed.map(({ name }) => `${name} has no attribute path that can be pasted; the snippets leave it out.`),
  ]
}

export function noPinTitle(branch: string, packages: readonly string[], steps: number): string {
  if (steps === 0) return `${branch} has no finished evaluation yet`
  const shown = packages.length > 3 ? [...packages.slice(0, 3), `${packages.length - 3} more`] : packages
  const list = new Intl.ListFormat('en').format(shown)
  return `No evaluated revision of ${branch} has ${list} ready now`
}

/** Per package that blocks, what stands in its way and since when. */
export function noPinDetail(blocked: readonly BlockedPackage[]): string {
  return blocked.map((one) => `${one.name}: ${blockWords(one)}.`).join(' ')
}

function blockWords({ blocks, lastReady }: BlockedPackage): string {
  const [newest] = blocks
  if (newest === undefined) return 'ready, but on no revision together with the others'
  const day = newest.since.at?.slice(0, 10)
  const since = day === undefined ? '' : ` since ${day}`
  return `${newest.word}${since}${lastReady === null ? ', ready on no stored revision' : ''}`
}

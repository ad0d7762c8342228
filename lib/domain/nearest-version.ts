import { compareVersions } from './nix-version'

/** The version that comes nearest to another one: the same, else the one that begins most like it, else the newer. */
export function nearestVersion(versions: readonly string[], wanted: string): string | null {
  let nearest: string | null = null
  for (const version of versions) {
    if (nearest === null || isNearer(version, nearest, wanted)) nearest = version
  }
  return nearest
}

function isNearer(version: string, than: string, wanted: string): boolean {
  const [one, other] = [sharedWith(version, wanted), sharedWith(than, wanted)]
  if (one !== other) return one > other
  const [a, b] = [gapTo(version, wanted, one), gapTo(than, wanted, one)]
  if (a !== b) return a < b
  return compareVersions(version, than) > 0
}

/** How many components, from the first one on, two versions share; all of them when they are equal. */
function sharedWith(version: string, wanted: string): number {
  if (compareVersions(version, wanted) === 0) return Number.POSITIVE_INFINITY
  const [one, other] = [componentsOf(version), componentsOf(wanted)]
  const at = one.findIndex((component, index) => component !== other[index])
  return at < 0 ? one.length : at
}

/** How far apart the first components that differ are; infinitely where they are no numbers. */
function gapTo(version: string, wanted: string, shared: number): number {
  if (!Number.isFinite(shared)) return 0
  const gap = Math.abs(Number(componentsOf(version)[shared] ?? 0) - Number(componentsOf(wanted)[shared] ?? 0))
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap
}

function componentsOf(version: string): readonly string[] {
  return version.split(/[.-]/)
}

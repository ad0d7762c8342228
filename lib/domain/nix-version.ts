/**
 * Compares two versions exactly as Nix's `builtins.compareVersions` does: components are runs of digits or of other
 * characters, split at `.` and `-`; `pre` is older than the end, letters are older than digits.
 */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [componentsOf(a), componentsOf(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = '', other = ''] = [left[index], right[index]]
    if (isOlder(one, other)) return -1
    if (isOlder(other, one)) return 1
  }
  return 0
}

function componentsOf(version: string): string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? []
}

function isOlder(one: string, other: string): boolean {
  const [left, right] = [numberOf(one), numberOf(other)]
  if (left !== null && right !== null) return left < right
  if (one === '' && right !== null) return true
  if (one === 'pre' && other !== 'pre') return true
  if (other === 'pre') return false
  if (right !== null) return true
  if (left !== null) return false
  return one < other
}

// Nix reads components as C's int: what does not fit is text to it.
const INT_MAX = 2 ** 31 - 1

function numberOf(component: string): number | null {
  const number = /^[0-9]+$/.test(component) ? Number(component) : Number.POSITIVE_INFINITY
  return number <= INT_MAX ? number : null
}

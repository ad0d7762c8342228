import { matchesGlob } from './glob'

// Package sets of nixpkgs whose members CI jobs name with the set in front. `*` matches no `_`: what follows a set's
// version is a member, so versions such as `cudaPackages_11_5` are spelled out.
const PACKAGE_SETS: readonly RegExp[] = [
  /^python[^_]*Packages$/,
  /^cudaPackages[^_]*(_[0-9]+)*$/,
  /^linuxPackages[^_]*(_([0-9]+|latest|stable|testing|zen|xanmod|lqx|hardened|rt|rpi[0-9]+))*$/,
  /^gst_all_1$/,
  /^obs-studio-plugins$/,
  /^deepin$/,
]

/**
 * Splits a package path that was joined with `_` after a known package set: `python39Packages_pytorch` is
 * `python39Packages` and `pytorch`, `cuda_nvcc` stays one name. The longest set that fits counts.
 */
export function splitPackageSet(joined: string, more: readonly string[]): string[] {
  for (let at = joined.lastIndexOf('_'); at > 0; at = joined.lastIndexOf('_', at - 1)) {
    const [set, rest] = [joined.slice(0, at), joined.slice(at + 1)]
    if (isMember(rest) && isPackageSet(set, more)) return [set, rest]
  }
  return [joined]
}

/** Digits alone are the end of a set's version: `cudaPackages_11_5` is a set and no member of one. */
function isMember(name: string): boolean {
  return /[^0-9_]/.test(name)
}

function isPackageSet(name: string, more: readonly string[]): boolean {
  return PACKAGE_SETS.some((set) => set.test(name)) || more.some((glob) => isNamedBy(glob, name))
}

/** A `*` at the end also stands for a version: `luaPackages*` is `luaPackages_5_4`, but not `luaPackages_cjson`. */
function isNamedBy(glob: string, name: string): boolean {
  if (matchesGlob(glob, name, '_')) return true
  return glob.endsWith('*') && matchesGlob(glob, name.replace(/(?:_[0-9]+)+$/, ''), '_')
}

/** A version and the real commit time from which a nixpkgs lineage has it. */
export interface DatedVersion {
  readonly version: string
  /** Milliseconds since the epoch, not shifted. */
  readonly from: number
}

/** nixpkgs history in two lines: the trunk that the three unstable columns share, and the release branch. */
export type Lineage = 'trunk' | 'release'

/** One package of the demo's nixpkgs. */
export interface PackageSpec {
  readonly name: string
  /** Package path as the watched project joined it with `_`. */
  readonly attribute: string
  /** Derivation name before the version; `{cuda}` stands for the CUDA version of the variant. */
  readonly prefix: string
  readonly versions: Readonly<Record<Lineage, readonly DatedVersion[]>>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Minutes that a build takes on a machine of middling speed. */
  readonly minutes: number
  /** Size of the main output as a NAR. */
  readonly megabytes: number
  /** Days between rebuilds that come of the package's own expression. */
  readonly churnDays: number
  readonly judgement: 'Regular' | 'MayFail'
  /** Only an input of others: no attribute of its own. */
  readonly isInternal: boolean
  /** Free software without CUDA in it: cache.nixos.org has it, so cachix never stores it. */
  readonly isUpstream: boolean
}

/** How the catalogue states a package; see `PackageSpec` for the fields. */
export interface PackageEntry {
  /** `python`: in python311Packages; `cuda`: in cudaPackages; else top level. */
  readonly set?: 'python' | 'cuda'
  readonly prefix?: string
  /** `2.1.2 2.2.1@2024-03-06`: versions, each from its date on. */
  readonly trunk: string
  readonly release?: string
  readonly inputs?: string
  readonly outputs?: string
  readonly minutes?: number
  readonly megabytes?: number
  readonly churnDays?: number
  readonly mayFail?: boolean
  readonly isInternal?: boolean
  readonly isUpstream?: boolean
}

function words(text: string | undefined): readonly string[] {
  return (text ?? '').split(' ').filter((word) => word !== '')
}

function datedVersions(text: string): readonly DatedVersion[] {
  return words(text).map((word) => {
    const [version = word, date] = word.split('@')
    return { version, from: date === undefined ? 0 : Date.parse(date) }
  })
}

const ATTRIBUTE_SET = { python: 'python311Packages_', cuda: 'cudaPackages_' }
const NAME_PREFIX = { python: 'python3.11-', cuda: '{cuda}-' }

/** The full description of a catalogue entry. */
export function toPackageSpec(name: string, entry: PackageEntry): PackageSpec {
  return {
    name,
    attribute: entry.set === undefined ? name : `${ATTRIBUTE_SET[entry.set]}${name}`,
    prefix: entry.prefix ?? (entry.set === undefined ? name : `${NAME_PREFIX[entry.set]}${name}`),
    versions: {
      trunk: datedVersions(entry.trunk),
      release: datedVersions(entry.release ?? entry.trunk.split(/[ @]/)[0] ?? ''),
    },
    inputs: words(entry.inputs),
    outputs: words(entry.outputs ?? (entry.set === 'python' ? 'out dist' : 'out')),
    minutes: entry.minutes ?? 6,
    megabytes: entry.megabytes ?? 12,
    churnDays: entry.churnDays ?? 21,
    judgement: entry.mayFail === true ? 'MayFail' : 'Regular',
    isInternal: entry.isInternal ?? false,
    isUpstream: entry.isUpstream ?? false,
  }
}

import type { PackageSpec } from './package-spec'
import { toPackageSpec } from './package-spec'
import { NATIVE_PACKAGES } from './packages-native'
import { PYTHON_PACKAGES } from './packages-python'

/** All packages of the demo's nixpkgs, in catalogue order. */
export const PACKAGES: readonly PackageSpec[] = Object.entries({ ...NATIVE_PACKAGES, ...PYTHON_PACKAGES }).map(
  ([name, entry]) => toPackageSpec(name, entry),
)

const BY_NAME: ReadonlyMap<string, PackageSpec> = new Map(PACKAGES.map((spec) => [spec.name, spec]))

/** The package of that name; throws when the catalogue has none, which is a defect of the catalogue. */
export function packageNamed(name: string): PackageSpec {
  const spec = BY_NAME.get(name)
  if (spec === undefined) throw new Error(`the demo's catalogue has no package ${name}`)
  return spec
}

export const VARIANTS = ['basic', 'cuda_11_8', 'intel', 'mpich', 'openmpi'] as const
export type Variant = (typeof VARIANTS)[number]

/** The package that an input stands for in a variant: `mpi` is whichever MPI the variant chose. */
export function resolveInput(input: string, variant: Variant): PackageSpec {
  if (input !== 'mpi') return packageNamed(input)
  return packageNamed(variant === 'mpich' ? 'mpich' : 'openmpi')
}

/** One attribute of an evaluation. */
export interface DemoAttribute {
  readonly path: readonly string[]
  readonly spec: PackageSpec
  readonly variant: Variant
}

// Variants with equal outputs were dropped from the real list, so only what a variant changes appears.
const VARIANT_PACKAGES: readonly (readonly [Variant, string])[] = [
  ['cuda_11_8', 'torch'],
  ['cuda_11_8', 'cupy'],
  ['cuda_11_8', 'blender'],
  ['intel', 'numpy'],
  ['intel', 'scipy'],
  ['mpich', 'mpi4py'],
]
// The subset that people pin; it repeats derivations of the default checks.
const NEVER_BREAK: readonly string[] = ['cudnn', 'torch', 'jaxlib', 'blender']

function defaultCheck(spec: PackageSpec, variant: Variant): DemoAttribute {
  return { path: ['defaultChecks', 'x86_64-linux', `${variant}_${spec.attribute}`], spec, variant }
}

function neverBreak(spec: PackageSpec): DemoAttribute {
  const isPython = spec.attribute.startsWith('python')
  return { path: ['neverBreak', 'basic', ...(isPython ? ['pyPackages'] : []), spec.name], spec, variant: 'basic' }
}

/** The attributes of an evaluation, in the order in which the evaluator lists them. */
export const ATTRIBUTES: readonly DemoAttribute[] = [
  ...PACKAGES.filter((spec) => !spec.isInternal).map((spec) => defaultCheck(spec, 'basic')),
  ...VARIANT_PACKAGES.map(([variant, name]) => defaultCheck(packageNamed(name), variant)),
  ...NEVER_BREAK.map((name) => neverBreak(packageNamed(name))),
].sort((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1))

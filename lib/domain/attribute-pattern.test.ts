import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAttributePath, parseAttributePath } from './attribute-path'
import { compileRules, decodeAttribute, parsePattern } from './attribute-pattern'

const rules2022 = compileRules({
  patterns: [
    'defaultChecks.{system}.{variant}_{package:_}',
    'neverBreak.{variant}.pyPackages.{package}',
    'neverBreak.{variant}.{package}',
  ],
  variants: ['basic', 'cuda_*_*', 'intel', 'mpich', 'openmpi'],
  packageSets: [],
})

function rules(patterns: readonly string[], variants: readonly string[] = [], packageSets: readonly string[] = []) {
  return compileRules({ patterns, variants, packageSets })
}

const nothing = { branch: null, system: null, variant: null }

describe('decodeAttribute on the pushed branches of 2022', () => {
  it.each([
    ['basic_python39Packages_pytorch', 'basic', 'python39Packages.pytorch'],
    ['basic_python39Packages_pytorch-lightning', 'basic', 'python39Packages.pytorch-lightning'],
    ['intel_python39Packages_numpy', 'intel', 'python39Packages.numpy'],
    ['basic_openmpi', 'basic', 'openmpi'],
    ['basic_blender', 'basic', 'blender'],
    ['basic_cuda_nvcc', 'basic', 'cuda_nvcc'],
    ['cuda_11_5_blender', 'cuda_11_5', 'blender'],
    ['cuda_11_5_python310Packages_jax', 'cuda_11_5', 'python310Packages.jax'],
    ['basic_cudaPackages_11_5_cudnn', 'basic', 'cudaPackages_11_5.cudnn'],
  ])('takes %s apart', (name, variant, packageText) => {
    expect(decodeAttribute(['defaultChecks', 'x86_64-linux', name], rules2022)).toEqual({
      branch: null,
      system: 'x86_64-linux',
      variant,
      package: packageText,
    })
  })

  it('tries patterns in order, so pyPackages is no package of its own', () => {
    expect(decodeAttribute(['neverBreak', 'basic', 'pyPackages', 'pytorch'], rules2022)).toEqual({
      ...nothing,
      variant: 'basic',
      package: 'pytorch',
    })
    expect(decodeAttribute(['neverBreak', 'cuda_11_5', 'cudnn'], rules2022)).toEqual({
      ...nothing,
      variant: 'cuda_11_5',
      package: 'cudnn',
    })
  })

  it('reads the flake output of earlier weeks, where checks is used directly', () => {
    const decoded = decodeAttribute(
      ['checks', 'x86_64-linux', 'basic_python39Packages_jaxlib'],
      rules(['checks.{system}.{variant}_{package:_}'], ['basic']),
    )
    expect(decoded).toEqual({
      branch: null,
      system: 'x86_64-linux',
      variant: 'basic',
      package: 'python39Packages.jaxlib',
    })
  })

  it('keeps the whole path where no pattern matches, such as a variant that is not listed', () => {
    expect(decodeAttribute(['defaultChecks', 'x86_64-linux', 'amd_blas'], rules2022)).toEqual({
      ...nothing,
      package: 'defaultChecks.x86_64-linux.amd_blas',
    })
    expect(decodeAttribute(['devShells', 'x86_64-linux', 'default'], rules2022).package).toBe(
      'devShells.x86_64-linux.default',
    )
    expect(decodeAttribute(['defaultChecks', 'x86_64-linux', 'basic_'], rules2022).package).toBe(
      'defaultChecks.x86_64-linux.basic_',
    )
  })
})

describe('decodeAttribute on the schedules of 2023', () => {
  it.each(['python3Packages.torch', 'cudaPackages.cudnn', 'blender'])('reads the single name %s as a path', (name) => {
    expect(decodeAttribute([name], rules(['{package}']))).toEqual({ ...nothing, package: name })
  })

  it('leaves a dot inside one of several names alone', () => {
    expect(decodeAttribute(['checks', 'x86_64-linux', 'a.b'], rules(['checks.{system}.{package}']))).toEqual({
      ...nothing,
      system: 'x86_64-linux',
      package: '"a.b"',
    })
  })

  it('keeps a name with dots that is no path as the one name it is', () => {
    expect(decodeAttribute(['deploy..docs'], rules(['{package}'])).package).toBe('"deploy..docs"')
  })
})

describe('decodeAttribute on the push handler of August 2024', () => {
  it('takes system and branch from the path and leaves the rest to the package', () => {
    expect(
      decodeAttribute(['x86_64-linux', 'master', 'python3Packages', 'torch'], rules(['{system}.{branch}.{package}'])),
    ).toEqual({ branch: 'master', system: 'x86_64-linux', variant: null, package: 'python3Packages.torch' })
  })

  it('leaves out the system that job trees of nixpkgs repeat behind the package', () => {
    expect(
      decodeAttribute(
        ['x86_64-linux', 'master', 'python3Packages', 'torch', 'x86_64-linux'],
        rules(['{system}.{branch}.{package}']),
      ),
    ).toEqual({ branch: 'master', system: 'x86_64-linux', variant: null, package: 'python3Packages.torch' })
  })

  it('lets {package} take several names between others', () => {
    expect(
      decodeAttribute(
        ['jobs', 'master', 'python3Packages', 'torch', 'x86_64-linux'],
        rules(['jobs.{branch}.{package}.{system}']),
      ),
    ).toEqual({ branch: 'master', system: 'x86_64-linux', variant: null, package: 'python3Packages.torch' })
  })
})

describe('decodeAttribute on job names of Hydra', () => {
  it.each([
    ['python3Packages.torch.x86_64-linux', 'python3Packages.torch', 'x86_64-linux'],
    ['blender.aarch64-linux', 'blender', 'aarch64-linux'],
    ['haskell.packages.ghc924.aeson.x86_64-darwin', 'haskell.packages.ghc924.aeson', 'x86_64-darwin'],
  ])('splits %s', (job, packageText, system) => {
    expect(decodeAttribute([job], rules(['{package}.{system}']))).toEqual({
      branch: null,
      system,
      variant: null,
      package: packageText,
    })
  })

  it('takes no package for a system', () => {
    expect(decodeAttribute(['python3Packages.pytorch-lightning'], rules(['{package}.{system}']))).toEqual({
      ...nothing,
      package: 'python3Packages.pytorch-lightning',
    })
  })
})

describe('decodeAttribute', () => {
  it('prefers the longest variant that fits, whatever their order', () => {
    for (const variants of [
      ['cuda', 'cuda_*', 'cuda_*_*'],
      ['cuda_*_*', 'cuda_*', 'cuda'],
    ]) {
      expect(decodeAttribute(['cuda_11_5_blender'], rules(['{variant}_{package}'], variants))).toEqual({
        ...nothing,
        variant: 'cuda_11_5',
        package: 'blender',
      })
    }
  })

  it('falls back to a shorter variant where the longest leaves no package', () => {
    expect(decodeAttribute(['cuda_11'], rules(['{variant}_{package}'], ['cuda', 'cuda_*'])).variant).toBe('cuda')
  })

  it('ends a variant at the first _ when none are listed', () => {
    expect(decodeAttribute(['basic_python39Packages_jax'], rules(['{variant}_{package:_}']))).toEqual({
      ...nothing,
      variant: 'basic',
      package: 'python39Packages.jax',
    })
  })

  it('lets a {package} at the end of the last name take all remaining names', () => {
    expect(decodeAttribute(['basic-python3Packages', 'torch'], rules(['{variant}-{package}'], ['basic']))).toEqual({
      ...nothing,
      variant: 'basic',
      package: 'python3Packages.torch',
    })
  })

  it('splits after the package sets that are configured beside the known ones', () => {
    expect(decodeAttribute(['rosPackages_gazebo'], rules(['{package:_}'], [], ['rosPackages'])).package).toBe(
      'rosPackages.gazebo',
    )
  })

  it('reads an attribute whose name is empty', () => {
    expect(decodeAttribute(['checks', 'x86_64-linux', ''], rules(['checks.{system}.{package}'])).package).toBe('""')
  })

  it('keeps a name whole that is longer than any attribute, without taking it apart', () => {
    const hostile = ['basic', '_', 'cuda_', '-'].map((part) => part.repeat(100_000))
    const patterns = [
      '{branch}_{system}_{variant}_{package:_}x',
      '{branch}{system}{package}!',
      'a.{variant}_{package:_}',
    ]
    for (const name of [...hostile, ...hostile.map((text) => text.slice(0, 300))]) {
      expect(decodeAttribute([name], rules(patterns, ['basic', 'cuda_*_*', '*'])).package).toBe(
        formatAttributePath([name]),
      )
    }
  })

  it('takes characters of regular expressions for what they are', () => {
    const odd = rules(['a+(b).{variant}^{package}'], ['(x|y)*', '[z]'])
    expect(decodeAttribute(['a+(b)', '(x|y)$^.*'], odd)).toEqual({ ...nothing, variant: '(x|y)$', package: '".*"' })
    expect(decodeAttribute(['aa(b)', 'x^.*'], odd).package).toBe('"aa(b)"."x^.*"')
  })

  it('decodes every path to a package that reads as a path, and never throws', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('neverBreak', 'defaultChecks', 'pyPackages', 'x86_64-linux', 'basic', 'basic_x', 'cuda_1_2_y'),
    )
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (path) => {
        expect(parseAttributePath(decodeAttribute(path, rules2022).package)).not.toBeNull()
      }),
    )
  })

  it('keeps every name of a path that {package} alone describes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2 }), (path) => {
        expect(decodeAttribute(path, rules(['{package}'])).package).toBe(formatAttributePath(path))
      }),
    )
  })
})

describe('parsePattern', () => {
  it.each([
    ['checks.{arch}.{package}', '{arch} is not one of {branch}, {system}, {variant}, {package}, {package:_}'],
    ['checks.{system}', '{package} is missing from it'],
    ['{package}.{package:_}', '{package} stands in it twice'],
    ['{system}.{system}.{package}', '{system} stands in it twice'],
    ['checks..{package}', 'a name between two dots is empty'],
    ['', 'a name between two dots is empty'],
    ['checks.{package', '"{package" has a brace without its pair'],
    ['checks.package}', '"package}" has a brace without its pair'],
    ['{}.{package}', '{} is not one of {branch}, {system}, {variant}, {package}, {package:_}'],
  ])('refuses %j', (text, fault) => {
    expect(parsePattern(text)).toEqual({ fault })
  })

  it.each(['{package}', '{package}.{system}', 'a.{variant}_{package:_}', '{system}.{branch}.{package}'])(
    'accepts %s',
    (text) => {
      expect(parsePattern(text)).not.toHaveProperty('fault')
    },
  )
})

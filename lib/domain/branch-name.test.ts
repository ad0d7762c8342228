import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchOf, followedRef } from './branch-name'

const branches = [
  { name: 'master' },
  { name: 'nixos-unstable' },
  { name: 'nixpkgs-unstable' },
  { name: 'release', ref: 'nixos-??.??' },
  { name: 'nixos-unstable-small' },
]

function ofRef(name: string, sourceBranches: Readonly<Record<string, string>> = {}) {
  return branchOf({ name, isJobName: false, sourceBranches, branches })
}

function ofJob(name: string, sourceBranches: Readonly<Record<string, string>> = {}) {
  return branchOf({ name, isJobName: true, sourceBranches, branches })
}

describe('branchOf a ref', () => {
  it('finds the branch by its ref, which is its name unless set', () => {
    expect(ofRef('master')).toBe('master')
    expect(ofRef('nixos-21.11')).toBe('release')
    expect(ofRef('nixos-22.05')).toBe('release')
  })

  it('leaves out what no branch is configured for', () => {
    expect(ofRef('develop')).toBeNull()
    expect(ofRef('release')).toBeNull()
    expect(ofRef('nixos-22.05-small')).toBeNull()
    expect(ofRef('master-next')).toBeNull()
  })

  it("follows the source's own mapping first", () => {
    expect(ofRef('cuda-packages-unstable', { 'cuda-packages-*': 'nixos-unstable-small' })).toBe('nixos-unstable-small')
    expect(ofRef('master', { 'mas*': 'nixos-unstable' })).toBe('nixos-unstable')
  })

  it('is null when the mapping names a branch that is not there', () => {
    expect(ofRef('master', { master: 'staging' })).toBeNull()
  })

  it('prefers a branch of exactly that ref to a glob that stands before it', () => {
    const two = [{ name: 'any', ref: 'nixos-*' }, { name: 'nixos-unstable' }]
    expect(branchOf({ name: 'nixos-unstable', isJobName: false, sourceBranches: {}, branches: two })).toBe(
      'nixos-unstable',
    )
  })
})

describe('branchOf a job name', () => {
  it.each([
    ['buildNixosUnstableMatrix', 'nixos-unstable'],
    ['buildNixosUnstableSmallMatrix', 'nixos-unstable-small'],
    ['buildMasterAmpereEssential', 'master'],
    ['build_nixpkgs_unstable', 'nixpkgs-unstable'],
    ['nixpkgs-unstable.nightly', 'nixpkgs-unstable'],
    ['buildNixOSUnstable', 'nixos-unstable'],
    ['buildNixos2211Matrix', 'release'],
    ['build-nixos-22.11', 'release'],
    ['buildReleaseMatrix', 'release'],
    ['branch: nixos-unstable; cudaCapabilities: 8.6', 'nixos-unstable'],
  ])('finds the branch in %s', (name, branch) => {
    expect(ofJob(name)).toBe(branch)
  })

  it.each(['flake-update', 'default', 'buildRemastered', 'buildMasterpiece', 'buildNixosTestMatrix', 'nixosBeta', ''])(
    'finds none in %j',
    (name) => {
      expect(ofJob(name)).toBeNull()
    },
  )

  it("follows the source's own mapping first", () => {
    expect(ofJob('buildMasterMatrix', { 'buildMaster*': 'nixos-unstable' })).toBe('nixos-unstable')
  })

  it('prefers a branch that names the words to a glob that runs over them', () => {
    const two = [{ name: 'any', ref: 'nixos-*' }, { name: 'nixos-unstable' }]
    const of = (name: string) => branchOf({ name, isJobName: true, sourceBranches: {}, branches: two })
    expect(of('buildNixosUnstableMatrix')).toBe('nixos-unstable')
    expect(of('buildNixosStagingMatrix')).toBe('any')
  })

  it('finds a branch by its own name, whichever way words are joined', () => {
    const word = fc.constantFrom('nixos', 'unstable', 'small', 'master')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const own = [{ name: words.join('-') }]
        const camel = words.map((one) => one.slice(0, 1).toUpperCase() + one.slice(1)).join('')
        for (const name of [`build${camel}Matrix`, `build_${words.join('_')}`, `${words.join('.')}.x`]) {
          expect(branchOf({ name, isJobName: true, sourceBranches: {}, branches: own })).toBe(words.join('-'))
        }
      }),
    )
  })
})

describe('followedRef', () => {
  it('is the newest in version order', () => {
    expect(followedRef(['nixos-22.05', 'nixos-9.03', 'nixos-22.11', 'nixos-21.11', 'master'], 'nixos-??.??')).toBe(
      'nixos-22.11',
    )
    expect(followedRef(['nixos-9.03', 'nixos-22.05'], 'nixos-*')).toBe('nixos-22.05')
  })

  it('is null when none matches', () => {
    expect(followedRef(['master'], 'nixos-??.??')).toBeNull()
  })

  it('takes no other branch for a release', () => {
    expect(followedRef(['nixos-21.11', 'nixos-unstable', 'nixos-23.11', 'nixos-23.11-small'], 'nixos-??.??')).toBe(
      'nixos-23.11',
    )
  })

  it('does not depend on the order of the refs', () => {
    const ref = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', 'a') }).map((end) => `nixos-${end}`)
    fc.assert(
      fc.property(fc.array(ref), (refs) => {
        expect(followedRef(refs.toReversed(), 'nixos-*')).toBe(followedRef(refs, 'nixos-*'))
      }),
    )
  })

  it('changes nothing in the list it was given', () => {
    const refs = ['nixos-22.05', 'nixos-21.11']
    followedRef(refs, 'nixos-*')
    expect(refs).toEqual(['nixos-22.05', 'nixos-21.11'])
  })
})

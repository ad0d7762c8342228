import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOSENESS, filesWanted, rankSuspects, type SuspectCommit, type SuspectTarget } from './suspects'

const cuda = { derivation: '/nix/store/x-cuda12.2-cuda-merged-12.2.drv', name: 'cuda12.2-cuda-merged', distance: 1 }
const gcc = { derivation: '/nix/store/x-gcc-13.drv', name: 'gcc', distance: 3 }
const TARGET: SuspectTarget = {
  roots: ['magma-2.7.2'],
  attribute: 'python3Packages.torch',
  derivationName: 'python3.11-torch-2.3.0',
  inputs: [gcc, cuda],
  areChanged: true,
}

const subject = fc.constantFrom(
  'magma: 2.7.1 -> 2.7.2',
  'python311Packages.torch: fix tests',
  'gcc: 12 -> 13',
  'cudaPackages.cuda-merged: x',
  'python3Packages: cleanup',
  'treewide: cleanup',
  'hello: 2.12 -> 2.13',
  'Merge pull request #1 from a/b',
)
const commits = fc
  .array(fc.record({ subject, files: fc.constantFrom(null, [], ['pkgs/by-name/ma/magma/package.nix']) }))
  .map((list) => list.map((commit, index): SuspectCommit => ({ ...commit, sha: String(index) })))

function commit(message: string, files: readonly string[] | null = null): SuspectCommit {
  return { sha: message, subject: message, files }
}

function reasonOf(one: SuspectCommit, target: Partial<SuspectTarget> = {}) {
  return rankSuspects([one], { ...TARGET, ...target })[0]
}

describe('rankSuspects', () => {
  it('names every commit of the range exactly once', () => {
    fc.assert(
      fc.property(commits, (range) => {
        const shas = rankSuspects(range, TARGET).map((suspect) => suspect.commit.sha)
        expect([...shas].sort()).toEqual(range.map(({ sha }) => sha).sort())
      }),
    )
  })

  it('never puts a farther commit before a closer one, nor an older before a newer of the same closeness', () => {
    fc.assert(
      fc.property(commits, (range) => {
        const keys = rankSuspects(range, TARGET).map(({ closeness, distance, commit: { sha } }) => [
          CLOSENESS.indexOf(closeness),
          distance ?? 0,
          -Number(sha),
        ])
        const sorted = [...keys].sort((a, b) => a.reduce((order, value, at) => order || value - (b[at] ?? 0), 0))
        expect(keys).toEqual(sorted)
      }),
    )
  })

  it('gives each commit the same place whatever else lies in the range', () => {
    fc.assert(
      fc.property(commits, (range) => {
        for (const suspect of rankSuspects(range, TARGET)) {
          expect(rankSuspects([suspect.commit], TARGET)).toEqual([suspect])
        }
      }),
    )
  })

  it('puts what fails first, then the package, its inputs by distance, its set, everything, and the rest', () => {
    const messages = [
      'magma: 2.7.1 -> 2.7.2',
      'python311Packages.torch: 2.2.2 -> 2.3.0',
      'cuda-merged: rework',
      'gcc: 12 -> 13',
      'python3Packages: cleanup',
      'treewide: cleanup',
      'hello: 2.12 -> 2.13',
    ]
    const ranked = rankSuspects(messages.map((message) => commit(message)).reverse(), TARGET)
    expect(ranked.map((suspect) => suspect.commit.subject)).toEqual(messages)
    expect(ranked.map(({ distance }) => distance)).toEqual([0, 0, 1, 3, null, null, null])
    expect(ranked.map(({ reason }) => reason)).toEqual([
      'its message names magma, which fails',
      'its message names python3Packages.torch, the package itself',
      'its message names cuda12.2-cuda-merged, a changed input of magma',
      'its message names gcc, a changed input of magma, 3 steps away',
      'speaks of all of python3Packages',
      'changes many packages at once',
      'lies in the range; nothing known ties it to magma',
    ])
  })

  it.each([
    ['pkgs/by-name/ma/magma/package.nix', 'changes the directory of magma, which fails'],
    ['pkgs/development/libraries/science/math/magma/generic.nix', 'changes the directory of magma, which fails'],
    [
      'pkgs/development/python-modules/torch/default.nix',
      'changes the directory of python3Packages.torch, the package itself',
    ],
    ['pkgs/applications/misc/torch.nix', 'changes the directory of python3Packages.torch, the package itself'],
  ])('knows the directory of %s', (file, reason) => {
    expect(reasonOf(commit('fix the build', [file]))).toMatchObject({ reason, distance: 0 })
  })

  it.each(['doc/magma/readme.md', 'pkgs/magma/x.nix', 'nixos/modules/magma/x.nix', ''])(
    'takes nothing from the path "%s"',
    (file) => {
      expect(reasonOf(commit('fix', [file]))).toMatchObject({ closeness: 'rest' })
    },
  )

  it('does not say that an input changed where that is not known', () => {
    expect(reasonOf(commit('gcc: 12 -> 13'), { areChanged: false })).toMatchObject({
      reason: 'its message names gcc, an input of magma, 3 steps away',
    })
  })

  it('takes a package that fails by itself for its own root', () => {
    const target = { roots: ['python3.11-torch-2.3.0'], inputs: [] }
    expect(reasonOf(commit('python3Packages.torch: 2.2.2 -> 2.3.0'), target)).toMatchObject({ closeness: 'root' })
  })

  it('ranks hostile messages as fast as any', () => {
    const hostile = [
      '1'.repeat(300),
      '-1'.repeat(150),
      '{'.repeat(300),
      '[a'.repeat(150),
      '"'.repeat(300),
      'a.'.repeat(150),
    ]
    const range = hostile.flatMap((text) => [commit(`${text}x`), commit(`${text}: x`), commit(`magma, ${text}!`)])
    expect(rankSuspects(range, TARGET)).toHaveLength(range.length)
    expect(filesWanted(range, ['magma']).length).toBeLessThanOrEqual(range.length)
  })

  it('works for what does not evaluate, from the attribute alone', () => {
    const target = { roots: [], derivationName: null, inputs: [] }
    expect(reasonOf(commit('python3Packages.torch: mark as broken'), target)).toMatchObject({ closeness: 'package' })
  })
})

describe('filesWanted', () => {
  it('asks about what changes everything and what speaks of a name without naming its attribute, newest first', () => {
    const range = [
      'magma: 1 -> 2',
      'treewide: x',
      'hello: 1 -> 2',
      'fix the build of magma',
      'Merge pull request #1 from a/b',
    ]
    const wanted = filesWanted(
      range.map((message) => commit(message)),
      ['magma'],
    )
    expect(wanted.map((one) => one.subject)).toEqual(['fix the build of magma', 'treewide: x'])
  })

  it('asks about no commit of which the files are known', () => {
    expect(filesWanted([commit('treewide: x', [])], ['magma'])).toEqual([])
  })
})

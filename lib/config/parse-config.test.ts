import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from './faults'
import { parseConfig } from './parse-config'

const KEY = 'cuda-maintainers.cachix.org-1:0dq3bujKpuEPMCX6U4WylrUDZ9JyUG0VpVZa7CNfq5E='
const OTHER_KEY = 'cuda-maintainers.cachix.org-1:74DUi4Ye579gUqzH4ziL9IyiJBlDpMRn9MBN8oNan9M='

const source = { id: 'a', kind: 'hercules-ci', account: 'me', project: 'mine' }
const cache = { id: 'c', kind: 'cachix', url: 'https://c.cachix.org', publicKeys: [KEY] }
const minimal = { sources: [source], branches: [{ name: 'master' }] }

function faultsOf(input: unknown): readonly string[] {
  try {
    parseConfig(input)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('parseConfig', () => {
  it('fills in every default', () => {
    expect(parseConfig(minimal)).toEqual({
      title: 'Flakeboard',
      demo: false,
      sources: [
        {
          ...source,
          url: 'https://hercules-ci.com',
          site: 'github',
          handlers: null,
          variants: [],
          branches: {},
          branchFrom: 'ref',
          attributes: ['{package}'],
          packageSets: [],
          repository: null,
        },
      ],
      upstream: { api: 'https://api.github.com', web: 'https://github.com', owner: 'NixOS', name: 'nixpkgs' },
      nixpkgsConfig: '{ allowUnfree = true; cudaSupport = true; }',
      caches: [],
      branches: [{ name: 'master', ref: 'master', title: null, note: null, staleAfterHours: 48, staleBehindDays: 14 }],
      packages: [],
      ignoreOutputs: ['doc', 'devdoc', 'man', 'info', 'debug', 'dist'],
      staleAfterHours: 48,
      staleBehindDays: 14,
      sync: { schedule: '*/15 * * * *', historyDays: 90 },
      feeds: { holdEvaluations: 1 },
      notifications: [],
    })
  })

  it('takes names, refs and limits from where they default to', () => {
    const config = parseConfig({
      ...minimal,
      staleAfterHours: 24,
      caches: [cache],
      branches: [{ name: 'release', ref: 'nixos-??.??', staleBehindDays: 30 }],
    })
    expect(config.caches[0]).toMatchObject({ name: 'c', api: 'https://cachix.org', recheckMinutes: 60 })
    expect(config.branches[0]).toMatchObject({ ref: 'nixos-??.??', staleAfterHours: 24, staleBehindDays: 30 })
  })

  it('drops slashes at the end of addresses, so that paths can be appended', () => {
    const config = parseConfig({ ...minimal, upstream: { api: 'http://127.0.0.1:8080/api//' } })
    expect(config.upstream.api).toBe('http://127.0.0.1:8080/api')
  })

  it('tells faults of form and of reference together', () => {
    const faults = faultsOf({ sources: [source, source], branches: [{ name: 'master' }], titel: 'x' })
    expect(faults).toEqual([
      'the file: expected "title", found the unknown key "titel"',
      'sources[1].id: expected an id of its own, found "a", which sources[0] has already',
    ])
  })

  it.each<[string, unknown, string]>([
    ['no object', [], 'the file: expected an object, found an empty list'],
    ['null', null, 'the file: expected an object, found null'],
    ['no source', { ...minimal, sources: [] }, 'sources: expected at least 1 entry, found an empty list'],
    ['no branches', { sources: [source] }, 'branches: expected a list, found nothing'],
    ['a wrong type', { ...minimal, title: 3 }, 'title: expected text, found 3'],
    [
      'an unknown key deep inside',
      { ...minimal, sources: [{ ...source, brnaches: {} }] },
      'sources[0]: expected "branches", found the unknown key "brnaches"',
    ],
    [
      'an unknown key like no other',
      { ...minimal, sync: { colour: 'red' } },
      'sync: expected one of schedule, historyDays, found the unknown key "colour"',
    ],
    [
      'an unknown kind of source',
      { ...minimal, sources: [{ ...source, kind: 'hercules' }] },
      'sources[0].kind: expected "hercules-ci" or "hydra", found "hercules"',
    ],
    [
      'an unknown place of the branch',
      { ...minimal, sources: [{ ...source, branchFrom: 'job' }] },
      'sources[0].branchFrom: expected "ref" or "jobName" or "attribute", found "job"',
    ],
    [
      'a branch that does not exist',
      { ...minimal, sources: [{ ...source, branches: { 'buildMaster*': 'mastr' } }] },
      'sources[0].branches["buildMaster*"]: expected the name of a branch, such as "master", found "mastr"',
    ],
    [
      'two branches of one name',
      { ...minimal, branches: [{ name: 'master' }, { name: 'master' }] },
      'branches[1].name: expected a name of its own, found "master", which branches[0] has already',
    ],
    [
      'two packages of one name',
      { ...minimal, packages: [1, 2].map(() => ({ name: 'jax', attributes: ['jax'] })) },
      'packages[1].name: expected a name of its own, found "jax", which packages[0] has already',
    ],
    [
      'a ref in its full form',
      { ...minimal, branches: [{ name: 'master', ref: 'refs/heads/master' }] },
      'branches[0].ref: expected the name of a branch without refs/heads/, or a glob over such names, found "refs/heads/master"',
    ],
    [
      'a branch read from attributes without a place for it',
      { ...minimal, sources: [{ ...source, branchFrom: 'attribute' }] },
      'sources[0].attributes: expected a pattern with {branch}, as branchFrom is "attribute", found none',
    ],
    [
      'a pattern with a placeholder that is none',
      { ...minimal, sources: [{ ...source, attributes: ['checks.{arch}.{package}'] }] },
      'sources[0].attributes[0]: expected an attribute pattern such as checks.{system}.{package} ({arch} is not one of {branch}, {system}, {variant}, {package}, {package:_}), found "checks.{arch}.{package}"',
    ],
    [
      'an address that is none',
      { ...minimal, upstream: { api: 'api.github.com' } },
      'upstream.api: expected an http or https address without user name, password, query or fragment, found "api.github.com"',
    ],
    [
      'a cron pattern that is none',
      { ...minimal, sync: { schedule: '61 * * * *' } },
      'sync.schedule: expected a cron pattern of five fields, such as */15 * * * * (Invalid value for minute: 61), found "61 * * * *"',
    ],
    [
      'a number out of bounds',
      { ...minimal, staleAfterHours: 0 },
      'staleAfterHours: expected a number of more than 0, found 0',
    ],
    [
      'two keys of one name',
      { ...minimal, caches: [{ ...cache, publicKeys: [KEY, OTHER_KEY] }] },
      'caches[0].publicKeys[1]: expected one key for each name, found another one for "cuda-maintainers.cachix.org-1" than caches[0].publicKeys[0]',
    ],
    [
      'a handler that is none',
      { ...minimal, sources: [{ ...source, handlers: ['onPush.default'] }] },
      'sources[0].handlers[0]: expected OnPush/name, OnSchedule/name or Legacy, found "onPush.default"',
    ],
    [
      'a glob with two stars',
      { ...minimal, packages: [{ name: 'jax', attributes: ['**.jax'] }] },
      'packages[0].attributes[0]: expected an attribute path such as python3*Packages.torch, where * stays within one name, found "**.jax"',
    ],
    [
      'a lock input with another placeholder',
      {
        ...minimal,
        sources: [{ ...source, repository: { owner: 'me', name: 'mine', lockInput: 'nixpkgs-{ref}' } }],
      },
      'sources[0].repository.lockInput: expected the name of a flake input; {branch} is the only placeholder, found "nixpkgs-{ref}"',
    ],
  ])('refuses %s in one line', (_, input, fault) => {
    expect(faultsOf(input)).toEqual([fault])
  })

  it.each([
    'no-colon',
    'name:',
    ':0dq3bujKpuEPMCX6U4WylrUDZ9JyUG0VpVZa7CNfq5E=',
    'name:0dq3bujKpuEPMCX6U4WylrUDZ9JyUG0VpVZa7CNfq5E',
    'name:0dq3bujKpuEPMCX6U4WylrUDZ9JyUG0VpVZa7CNfq5F=',
    'name:AAAA',
  ])('refuses the public key %s', (key) => {
    expect(faultsOf({ ...minimal, caches: [{ ...cache, publicKeys: [key] }] })).toEqual([
      expect.stringMatching(/^caches\[0\]\.publicKeys\[0\]: expected a public key as Nix writes it/),
    ])
  })

  it('accepts one key that stands twice', () => {
    expect(faultsOf({ ...minimal, caches: [{ ...cache, publicKeys: [KEY, KEY] }] })).toEqual([])
  })

  it('says that hydra sources are not supported, beside what else is wrong with them', () => {
    const hydra = { id: 'h', kind: 'hydra', url: 'https://hydra.example.org', project: 'p', jobsets: { unstable: 'x' } }
    expect(faultsOf({ ...minimal, sources: [source, hydra] })).toEqual([
      'sources[1].kind: hydra sources are not supported by this version, expected "hercules-ci", found "hydra"',
      'sources[1].jobsets.unstable: expected the name of a branch (master), found "x"',
    ])
  })

  it.each<[string, unknown]>([
    ['an address', { upstream: { api: 'https://me:hunter2@host' } }],
    ['an address with a query', { upstream: { api: 'https://host?token=hunter2' } }],
  ])('refuses a secret in %s without repeating it', (_, part) => {
    const faults = faultsOf({ ...minimal, ...Object(part) })
    expect(faults).toHaveLength(1)
    expect(faults.join('')).not.toContain('hunter2')
  })

  it('refuses a secret key among the public ones without repeating it', () => {
    const secretKey = `name:${'hunter2A'.repeat(11)}`
    const faults = faultsOf({ ...minimal, caches: [{ ...cache, publicKeys: [secretKey] }] })
    expect(faults).toHaveLength(1)
    expect(faults.join('')).not.toContain('hunter2')
  })

  it('answers anything at all with a configuration or with faults of one line each', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(parseConfig(minimal))), (value, key) => {
        for (const fault of [...faultsOf(value), ...faultsOf({ ...minimal, [key]: value })]) {
          expect(fault).toMatch(/^[^\n]+: .*expected [^\n]+, found [^\n]+$/)
        }
      }),
    )
  })
})

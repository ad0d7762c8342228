import { describe, expect, it } from 'vitest'
import { archiveUrl, buildUrl, compareUrl, flakeRef, githubWeb, repositoryUrl } from './source-url'

const hercules = { kind: 'hercules-ci', url: 'https://hercules-ci.com/', site: 'github', account: 'SomeoneSerge' }

describe('buildUrl', () => {
  it('names the log page of a derivation via the job id', () => {
    expect(buildUrl(hercules, { derivation: '/nix/store/abc-x.drv', externalId: 'id-7' })).toBe(
      'https://hercules-ci.com/accounts/github/SomeoneSerge/derivations/%2Fnix%2Fstore%2Fabc-x.drv/log?via-job=id-7',
    )
  })

  it('encodes what an upstream could smuggle into the address', () => {
    expect(buildUrl(hercules, { derivation: '../x?y#z', externalId: 'a&b' })).toBe(
      'https://hercules-ci.com/accounts/github/SomeoneSerge/derivations/..%2Fx%3Fy%23z/log?via-job=a%26b',
    )
  })

  it('is null where the source has no page that can be named', () => {
    expect(buildUrl({ kind: 'hydra', url: 'https://hydra.example' }, { derivation: 'x', externalId: '1' })).toBeNull()
  })
})

describe('A repository at GitHub', () => {
  const nixpkgs = { web: 'https://github.com', owner: 'NixOS', name: 'nixpkgs' }
  const own = { ...nixpkgs, web: 'https://git.example' }

  it.each([
    ['https://api.github.com', 'https://github.com'],
    ['https://git.example/api/v3', 'https://git.example'],
    ['https://git.example:8443/api/v3/', 'https://git.example:8443'],
    ['https://api.octo.ghe.com', 'https://octo.ghe.com'],
    ['http://127.0.0.1:4711', 'https://github.com'],
  ])('whose API is at %s is shown at %s', (api, web) => {
    expect(githubWeb(api)).toBe(web)
  })

  it('has a page, an archive of each revision, and is an input of a flake', () => {
    expect(repositoryUrl(nixpkgs)).toBe('https://github.com/NixOS/nixpkgs')
    expect(compareUrl(nixpkgs, 'a', 'b')).toBe('https://github.com/NixOS/nixpkgs/compare/a...b')
    expect(archiveUrl(nixpkgs, 'abc')).toBe('https://github.com/NixOS/nixpkgs/archive/abc.tar.gz')
    expect(flakeRef(nixpkgs, 'abc')).toBe('github:NixOS/nixpkgs/abc')
    expect(flakeRef(own, 'abc')).toBe('github:NixOS/nixpkgs/abc?host=git.example')
  })

  it('cannot be led elsewhere by a name', () => {
    expect(archiveUrl({ ...nixpkgs, name: '../x?y' }, 'a/b#c')).toBe(
      'https://github.com/NixOS/..%2Fx%3Fy/archive/a%2Fb%23c.tar.gz',
    )
  })
})

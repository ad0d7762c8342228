import { describe, expect, it } from 'vitest'
import { buildUrl } from './source-url'

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

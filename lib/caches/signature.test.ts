import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseNarinfo } from './narinfo'
import { parsePublicKeys } from './public-keys'
import { fingerprintOf, judgeSignatures } from './signature'

const HASH = 'sha256:0ki4p1w11pxkcj118g54789404ksd9jin72a798xhz0k67x33g7a'
const TEXT = `StorePath: /nix/store/8mh4hwz7wrsxwgx6s558ykydqqam4g5c-x\nURL: x\nNarHash: ${HASH}\nNarSize: 128\n`

function narinfoWith(signatures: readonly string[]) {
  const result = parseNarinfo(TEXT + signatures.map((signature) => `Sig: ${signature}\n`).join(''), '/nix/store')
  if (!result.ok) throw new Error(result.fault)
  return result.narinfo
}

function makeSigner(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const make = (text: string) => `${name}:${sign(null, Buffer.from(text), privateKey).toString('base64')}`
  return {
    publicKey: `${name}:${bytes.toString('base64')}`,
    good: make(fingerprintOf(narinfoWith([]))),
    bad: make('x'),
  }
}

describe('judgeSignatures', () => {
  const [own, stranger] = [makeSigner('own-1'), makeSigner('stranger-1')]
  const { keys } = parsePublicKeys([own.publicKey])
  const unpadded = own.good.replace(/=+$/, '')

  it.each([
    ['none for no signature', [], 'none'],
    ['valid for one that verifies', [own.good], 'valid'],
    ['valid for one that verifies after one of a foreign key', [stranger.good, own.good], 'valid'],
    ['valid for one that verifies beside one that does not', [own.bad, own.good], 'valid'],
    ['invalid for one over another text', [own.bad], 'invalid'],
    ['invalid, the alarm, beside foreign and malformed ones', [stranger.good, 'junk', own.bad], 'invalid'],
    ['unknown-key for a foreign one', [stranger.good], 'unknown-key'],
    ['malformed for one that is no base64', ['own-1:!!!!'], 'malformed'],
    ['malformed for one without padding', [unpadded], 'malformed'],
    ['malformed for one without name', [own.good.slice('own-1'.length)], 'malformed'],
    ['malformed for a good one beside one that Nix cannot parse', [own.good, 'junk'], 'malformed'],
  ])('is %s', (_what, signatures, state) => {
    const signedBy = state === 'valid' ? 'own-1' : null
    expect(judgeSignatures(narinfoWith(signatures), keys)).toEqual({ state, signedBy })
  })

  it('tries no key under another name', () => {
    const renamed = own.good.replace('own-1', 'other-1')
    expect(judgeSignatures(narinfoWith([renamed]), keys).state).toBe('unknown-key')
  })
})

describe('parsePublicKeys', () => {
  const key = (name: string, length: number, fill = 1) => `${name}:${Buffer.alloc(length, fill).toString('base64')}`

  it('keeps the good keys and names the fault of each other one by its place', () => {
    const { keys, faults } = parsePublicKeys([
      key('good-1', 32),
      'no colon',
      key('', 32),
      'a:?',
      key('short', 31),
      key('secret', 64),
      key('good-1', 32),
      key('good-1', 32, 2),
      `${key('one', 32)} ${key('two', 32)}`,
    ])
    expect([...keys.keys()]).toEqual(['good-1'])
    expect(faults.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 7, 8])
  })

  it('repeats no byte of a secret key that was given by mistake', () => {
    const secret = key('mine-1', 64, 77)
    const [fault] = parsePublicKeys([secret]).faults
    expect(fault?.reason).toContain('secret key')
    expect(fault?.reason).not.toContain(secret.slice('mine-1:'.length, 20))
  })
})

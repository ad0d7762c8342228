import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashToNix32 } from './hash'
import { NARINFO_BYTES_MAX, type Narinfo, parseNarinfo } from './narinfo'
import { encodeNix32 } from './nix32'
import { parsePublicKeys } from './public-keys'
import { baseNameOf, parseStorePath, printStorePath } from './store-path'
import { verifyNarinfo } from './verify-path'

const PATH = '/nix/store/8mh4hwz7wrsxwgx6s558ykydqqam4g5c-leaf-data-1.0'
const HASH = 'sha256:0ki4p1w11pxkcj118g54789404ksd9jin72a798xhz0k67x33g7a'
const LINES = {
  StorePath: PATH,
  URL: 'nar/x.nar.xz',
  Compression: 'xz',
  FileHash: HASH,
  FileSize: '100',
  NarHash: HASH,
  NarSize: '128',
  References: '',
}
const print = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
const resultOf = (text: string) => {
  const result = parseNarinfo(text, '/nix/store')
  return result.ok ? 'ok' : result.fault
}
const narinfoOf = (text: string): Narinfo => {
  const result = parseNarinfo(text, '/nix/store')
  if (!result.ok) throw new Error(result.fault)
  return result.narinfo
}

describe('parseNarinfo', () => {
  it.each([
    ['an undecodable FileHash', { FileHash: 'sha256:zz' }, 'bad-hash'],
    ['a NarHash that is no sha256', { NarHash: `sha1:${'0'.repeat(32)}` }, 'bad-hash'],
    ['an empty URL', { URL: '' }, 'missing-URL'],
    ['a negative NarSize', { NarSize: '-1' }, 'bad-NarSize'],
    ['a NarSize beyond exact numbers', { NarSize: '99999999999999999' }, 'bad-NarSize'],
    ['a FileSize in words', { FileSize: 'many' }, 'bad-FileSize'],
    ['another store', { StorePath: PATH.replace('/nix/', '/gnu/') }, 'bad-StorePath'],
    ['a name with a blank', { StorePath: `${PATH} x` }, 'bad-StorePath'],
    ['a reference with its directory', { References: PATH }, 'bad-References'],
    ['an empty Deriver', { Deriver: '' }, 'bad-Deriver'],
    ['a content address of no kind', { CA: 'magic:sha256:00' }, 'bad-CA'],
    ['a content address without hash', { CA: 'fixed:r:' }, 'bad-CA'],
    ['a text address by sha1', { CA: `text:sha1:${'0'.repeat(32)}` }, 'bad-CA'],
  ])('refuses %s', (_what, fields, fault) => {
    expect(resultOf(print({ ...LINES, ...fields }))).toBe(fault)
  })

  it.each([
    ['a blank line', `${print(LINES)}\n`, 'no-colon'],
    ['a text that is cut between lines', print({ StorePath: PATH }), 'missing-URL'],
    ['a field given twice', `${print(LINES)}NarSize: 128\n`, 'duplicate-field'],
    ['an unknown field given twice', `${print(LINES)}X: 1\nX: 1\n`, 'duplicate-field'],
    ['more than 1 MiB', `${print(LINES)}X: ${'x'.repeat(NARINFO_BYTES_MAX)}\n`, 'too-large'],
  ])('refuses %s', (_what, text, fault) => {
    expect(resultOf(text)).toBe(fault)
  })

  it('reads what is left out or left empty as what it stands for', () => {
    const { Compression: _, References: __, ...rest } = LINES
    const absent = { compression: 'bzip2', references: [], deriver: null, ca: null, signatures: [] }
    expect(narinfoOf(print(rest))).toMatchObject(absent)
    const empty = print({ ...rest, Compression: '', References: '', Deriver: 'unknown-deriver', CA: '' })
    expect(narinfoOf(empty)).toMatchObject(absent)
  })

  it('trims no value and skips one character after the colon whatever it is', () => {
    expect(narinfoOf(print({ ...LINES, URL: ' nar/x ' })).url).toBe(' nar/x ')
    expect(resultOf(print(LINES).replace('StorePath: ', 'StorePath:'))).toBe('bad-StorePath')
  })

  it('gives back every field of any narinfo that it can hold', () => {
    fc.assert(
      fc.property(anyFields(), (fields) => {
        const narinfo = narinfoOf(print(fields))
        expect({
          StorePath: printStorePath(narinfo.storePath),
          URL: narinfo.url,
          Compression: narinfo.compression,
          FileSize: `${narinfo.fileSize}`,
          NarHash: hashToNix32(narinfo.narHash),
          NarSize: `${narinfo.narSize}`,
          References: narinfo.references.join(' '),
          Deriver: narinfo.deriver,
          Sig: narinfo.signatures[0],
        }).toEqual(fields)
      }),
    )
  })

  it('refuses every text that is cut short within a line', () => {
    const text = print(LINES)
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (end) => {
        const cut = text.slice(0, end)
        fc.pre(cut !== '' && !cut.endsWith('\n'))
        expect(resultOf(cut)).toBe('truncated')
      }),
    )
  })
})

describe('any text at all', () => {
  const asked = {
    storePath: toStorePath(PATH),
    keys: parsePublicKeys([`k:${Buffer.alloc(32, 9).toString('base64')}`]).keys,
  }

  it('never throws and is never trusted', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(...Object.values(LINES)))
    const key = fc.constantFrom(...Object.keys(LINES), 'Sig', 'CA', 'Deriver', 'X')
    const lines = fc.array(fc.tuple(key, value), { maxLength: 14 })
    const almost = lines.map((pairs) => pairs.map(([field, text]) => `${field}: ${text}\n`).join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), almost), (text) => {
        expect(verifyNarinfo(text, asked).isTrusted).toBe(false)
      }),
    )
  })

  it('is not trusted for any signature or content address that was made up', () => {
    const signature = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => `k:${toBase64(bytes)}`)
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `sha256:${encodeNix32(bytes)}`)
    const method = fc.constantFrom('text:', 'fixed:', 'fixed:r:', 'fixed:git:')
    fc.assert(
      fc.property(signature, method, digest, (sig, kind, hash) => {
        const verified = verifyNarinfo(print({ ...LINES, Sig: sig, CA: kind + hash }), asked)
        expect(verified).toMatchObject({ isTrusted: false, signature: 'invalid', signedBy: null })
      }),
    )
  })
})

function toStorePath(text: string) {
  const path = parseStorePath(text)
  if (path === null) throw new Error(`no store path: ${text}`)
  return path
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function anyFields() {
  const digest = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(encodeNix32)
  const name = fc.stringMatching(/^[a-zA-Z0-9+_?=][a-zA-Z0-9+\-._?=]{0,40}$/)
  const baseName = fc.tuple(digest, name).map(([hash, text]) => baseNameOf({ storeDir: '', digest: hash, name: text }))
  const word = fc.stringMatching(/^[!-~]{1,30}$/)
  const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String)
  return fc.record({
    StorePath: baseName.map((base) => `/nix/store/${base}`),
    URL: word,
    Compression: word,
    FileSize: size,
    NarHash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `sha256:${encodeNix32(bytes)}`),
    NarSize: size,
    References: fc.array(baseName, { maxLength: 5 }).map((names) => names.join(' ')),
    Deriver: baseName.map((base) => `${base}.drv`),
    Sig: word,
  })
}

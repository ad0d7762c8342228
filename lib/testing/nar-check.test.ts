import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ArchiveClaim, checkArchive } from './nar-check'

const FIXTURES = new URL('../../fixtures/nix-binary-cache/real-cache/', import.meta.url)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const PLAIN = Buffer.from('nix-archive-1'.repeat(1_000))
const CLAIM = { narHash: sha256(PLAIN), narSize: PLAIN.length, fileHash: null, fileSize: null }
const claimOf = (compression: string, overrides: Partial<ArchiveClaim> = {}) => ({
  ...CLAIM,
  compression,
  ...overrides,
})
const nar = async (file: Uint8Array, claim: ArchiveClaim) => (await checkArchive(file, claim)).nar

// The fixtures hold whole archives in every other compression; this is what they do not have.
describe('checkArchive', () => {
  it.each([
    ['none', PLAIN],
    ['gzip', gzipSync(PLAIN)],
    ['br', brotliCompressSync(PLAIN)],
  ])('matches an intact archive in %s, and stops when more comes out than claimed', async (compression, file) => {
    expect(await nar(file, claimOf(compression))).toBe('match')
    expect(await nar(file, claimOf(compression, { narSize: PLAIN.length - 1 }))).toBe('mismatch')
    expect(await nar(file, claimOf(compression, { narSize: PLAIN.length + 1 }))).toBe('size-mismatch')
  })

  it.each(['xz', 'zstd', 'bzip2', 'gzip'])(
    'cannot decode a real %s archive that is empty, cut or foreign',
    async (kind) => {
      const [name = ''] = readdirSync(new URL(`${kind}/nar/`, FIXTURES))
      const file = readFileSync(new URL(`${kind}/nar/${name}`, FIXTURES))
      const claim = claimOf(kind, { narSize: 1_000_000 })
      expect(await nar(file, claim)).toBe('mismatch')
      for (const broken of [file.subarray(0, 0), file.subarray(0, file.length / 2), PLAIN]) {
        expect(await nar(broken, claim)).toBe('undecodable')
      }
    },
  )

  it('says missing of no file and undecodable of a compression that nobody knows', async () => {
    expect(await checkArchive(null, claimOf('xz'))).toEqual({ nar: 'missing', file: null })
    expect(await nar(PLAIN, claimOf('shrink'))).toBe('undecodable')
  })
})

import 'server-only'
import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Decompress } from 'fzstd'
import unbzip2Stream from 'unbzip2-stream'
import { XzReadableStream } from 'xz-decompress'

/** What a narinfo claims of its archive; hashes are sha256 in hex, sizes bytes. */
export interface ArchiveClaim {
  readonly compression: string
  readonly narHash: string
  readonly narSize: number
  readonly fileHash: string | null
  readonly fileSize: number | null
}

export interface ArchiveVerdict {
  /** `mismatch` where bytes beyond NarSize came out too: reading stops there, so that no small file can expand for ever. */
  readonly nar: 'match' | 'mismatch' | 'size-mismatch' | 'undecodable' | 'missing'
  /** Null when the compressed file is as claimed, or nothing is claimed. Never decisive: Nix does not check it. */
  readonly file: 'size-mismatch' | 'hash-mismatch' | null
}

class TooLong extends Error {}

/**
 * Compares an archive with its claim, as the contract's full verification does after the narinfo. Only tests do this: sync
 * decides presence by the narinfo alone and downloads no archive, so no decompressor is needed in production.
 */
export async function checkArchive(file: Uint8Array | null, claim: ArchiveClaim): Promise<ArchiveVerdict> {
  if (file === null) return { nar: 'missing', file: null }
  return { nar: await checkNar(file, claim), file: checkFile(file, claim) }
}

async function checkNar(
  file: Uint8Array,
  { compression, narHash, narSize }: ArchiveClaim,
): Promise<ArchiveVerdict['nar']> {
  const decompress = DECOMPRESSORS.get(compression)
  if (decompress === undefined) return 'undecodable'
  try {
    const nar = await decompress(file, narSize)
    if (sha256Hex(nar) !== narHash) return 'mismatch'
    return nar.length === narSize ? 'match' : 'size-mismatch'
  } catch (error) {
    return error instanceof TooLong || isOutputTooLarge(error) ? 'mismatch' : 'undecodable'
  }
}

function checkFile(file: Uint8Array, { fileHash, fileSize }: ArchiveClaim): ArchiveVerdict['file'] {
  if (fileSize !== null && fileSize !== file.length) return 'size-mismatch'
  return fileHash !== null && fileHash !== sha256Hex(file) ? 'hash-mismatch' : null
}

/** Gives all bytes, or throws: `TooLong` as soon as more than `maxBytes` came out, anything else for broken input. */
type Decompressor = (file: Uint8Array, maxBytes: number) => Promise<Uint8Array> | Uint8Array

const DECOMPRESSORS: ReadonlyMap<string, Decompressor> = new Map<string, Decompressor>([
  ['none', passThrough],
  ['gzip', (file, maxBytes) => gunzipSync(file, { maxOutputLength: maxBytes })],
  ['br', (file, maxBytes) => brotliDecompressSync(file, { maxOutputLength: maxBytes })],
  ['xz', decompressXz],
  ['zstd', decompressZstd],
  ['bzip2', decompressBzip2],
])

function passThrough(file: Uint8Array, maxBytes: number): Uint8Array {
  if (file.length > maxBytes) throw new TooLong()
  return file
}

async function decompressXz(file: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const collect = collector(maxBytes)
  const reader = new XzReadableStream(new Blob([new Uint8Array(file)]).stream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return collect.all()
    collect.add(value)
  }
}

function decompressZstd(file: Uint8Array, maxBytes: number): Uint8Array {
  if (file.length === 0) throw new Error('empty')
  const collect = collector(maxBytes)
  new Decompress((chunk) => collect.add(chunk)).push(file, true)
  return collect.all()
}

function decompressBzip2(file: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (file.length === 0) throw new Error('empty')
  return new Promise((resolve, reject) => {
    const collect = collector(maxBytes)
    const stream = unbzip2Stream()
    stream.on('error', reject)
    stream.on('data', (chunk: Uint8Array) => {
      try {
        collect.add(chunk)
      } catch (error) {
        stream.destroy()
        reject(error)
      }
    })
    stream.on('end', () => resolve(collect.all()))
    stream.end(Buffer.from(file))
  })
}

function collector(maxBytes: number): { add: (chunk: Uint8Array) => void; all: () => Uint8Array } {
  const chunks: Uint8Array[] = []
  let size = 0
  return {
    add: (chunk) => {
      size += chunk.length
      if (size > maxBytes) throw new TooLong()
      chunks.push(Uint8Array.from(chunk))
    },
    all: () => Buffer.concat(chunks),
  }
}

function isOutputTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

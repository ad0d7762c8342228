import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ArchiveVerdict, checkArchive } from '@/lib/testing/nar-check'
import { hashToHex } from './hash'
import type { Narinfo } from './narinfo'
import { parsePublicKeys } from './public-keys'
import { checkSignature, fingerprintOf } from './signature'
import { parseStorePath, printStorePath } from './store-path'
import { judgeNarinfo, verifyNarinfo } from './verify-path'

const FIXTURES = new URL('../../fixtures/nix-binary-cache/', import.meta.url)
const readText = (path: string) => readFileSync(new URL(path, FIXTURES), 'utf8')
const readKeys = (path: string) => parsePublicKeys(readText(path).trim().split('\n')).keys
const NO_KEYS = parsePublicKeys([]).keys
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function toStorePath(text: string) {
  const path = parseStorePath(text)
  if (path === null) throw new Error(`no store path: ${text}`)
  return path
}

function checkArchiveOf(narinfo: Narinfo, directory: string): Promise<ArchiveVerdict> {
  return checkArchive(readOrNull(new URL(`${directory}/${narinfo.url}`, FIXTURES)), {
    compression: narinfo.compression,
    narHash: hashToHex(narinfo.narHash),
    narSize: narinfo.narSize,
    fileHash: narinfo.fileHash && hashToHex(narinfo.fileHash),
    fileSize: narinfo.fileSize,
  })
}

function readOrNull(url: URL): Buffer | null {
  try {
    return readFileSync(url)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const Expected = z.strictObject({
  parse: z.string(),
  signature: z.string(),
  nar: z.string(),
  verdict: z.enum(['accept', 'reject', 'either']),
  recommended: z.enum(['accept', 'reject']).optional(),
  file: z.string().optional(),
  ca: z.string().optional(),
  path: z.string().optional(),
})
const BadCases = z.object({
  trustedKeys: z.array(z.string()),
  cases: z.array(
    z.object({
      id: z.string(),
      directory: z.string(),
      narinfo: z.string(),
      requestedStorePath: z.string(),
      what: z.string(),
      expect: Expected,
    }),
  ),
})
type BadCase = z.infer<typeof BadCases>['cases'][number]
type Verdict = Record<keyof z.infer<typeof Expected>, string | undefined>

const bad = BadCases.parse(JSON.parse(readText('real-cache-bad/manifest.json')))

/** The manifest's vocabulary; a field that does not decide is undefined there, and here. */
async function verdictOf({ directory, narinfo, requestedStorePath }: BadCase): Promise<Omit<Verdict, 'recommended'>> {
  const text = readText(`real-cache-bad/${directory}/${narinfo}`)
  const question = { storePath: toStorePath(requestedStorePath), keys: parsePublicKeys(bad.trustedKeys).keys }
  const { isTrusted } = verifyNarinfo(text, question)
  const judged = judgeNarinfo(text, question)
  if (judged.parse !== 'ok') {
    const verdict = isTrusted ? 'accept' : 'reject'
    const unchecked = { signature: 'not-checked', nar: 'not-checked', file: undefined, ca: undefined, path: undefined }
    return { parse: judged.parse, verdict, ...unchecked }
  }
  const { nar, file } = await checkArchiveOf(judged.narinfo, `real-cache-bad/${directory}`)
  return {
    parse: 'ok',
    signature: judged.signature.state,
    nar,
    file: file ?? undefined,
    ca: judged.signature.state === 'valid' ? undefined : (judged.ca ?? undefined),
    path: judged.path === 'mismatch' ? judged.path : undefined,
    verdict: isTrusted && nar === 'match' ? 'accept' : 'reject',
  }
}

describe('damaged caches', () => {
  it('are all 42 there', () => {
    expect(bad.cases).toHaveLength(42)
  })

  it.each(bad.cases)('$id: $what', async (testCase) => {
    const { recommended, verdict, ...fields } = testCase.expect
    const actual = await verdictOf(testCase)
    expect(actual.verdict).toBe(verdict === 'either' ? recommended : verdict)
    // "x-or-y": both are right.
    const allowed = (field: keyof typeof fields) => fields[field]?.split('-or-') ?? [undefined]
    for (const field of ['parse', 'signature', 'nar', 'file', 'ca', 'path'] as const) {
      expect({ [field]: allowed(field) }).toEqual({ [field]: expect.arrayContaining([actual[field]]) })
    }
  })
})

const RealCaches = z.record(
  z.string(),
  z.array(
    z.object({
      narinfo: z.string(),
      storePath: z.string(),
      name: z.string(),
      narHashHex: z.string(),
      narHashSri: z.string(),
      narSize: z.number(),
      fileHashHex: z.string(),
      fileSize: z.number(),
      fingerprint: z.string(),
      signedBy: z.array(z.string()),
      ca: z.string().optional(),
    }),
  ),
)
const real = Object.entries(RealCaches.parse(JSON.parse(readText('real-cache/expected/narinfos.json')))).flatMap(
  ([directory, entries]) => entries.map((entry) => ({ directory, ...entry })),
)
const ownKeys = parsePublicKeys([
  readText('real-cache/expected/trusted-keys.txt').trim(),
  readText('real-cache/expected/second-key.txt').trim(),
]).keys

function judgeReal({ directory, narinfo, storePath }: (typeof real)[number], keys = ownKeys) {
  const text = readText(`real-cache/${directory}/${narinfo}`)
  const question = { storePath: toStorePath(storePath), keys }
  return { judged: judgeNarinfo(text, question), verified: verifyNarinfo(text, question) }
}

describe('caches made by Nix', () => {
  it('have all 101 narinfos', () => {
    expect(real).toHaveLength(101)
  })

  it.each(real)('$directory/$narinfo has the fields, the fingerprint and the signers that Nix gave it', (entry) => {
    const { judged } = judgeReal(entry)
    if (judged.parse !== 'ok') throw new Error(judged.parse)
    const { narinfo } = judged
    const fingerprint = fingerprintOf(narinfo)
    const checked = narinfo.signatures.map((signature) => checkSignature(signature, fingerprint, ownKeys))
    expect({
      storePath: printStorePath(narinfo.storePath),
      name: narinfo.storePath.name,
      narHashHex: hashToHex(narinfo.narHash),
      narHashSri: `sha256-${Buffer.from(narinfo.narHash.bytes).toString('base64')}`,
      narSize: narinfo.narSize,
      fileHashHex: narinfo.fileHash && hashToHex(narinfo.fileHash),
      fileSize: narinfo.fileSize,
      fingerprint,
      signedBy: checked.filter(({ result }) => result === 'valid').map(({ keyName }) => keyName),
      path: judged.path,
    }).toEqual({
      storePath: entry.storePath,
      name: entry.name,
      narHashHex: entry.narHashHex,
      narHashSri: entry.narHashSri,
      narSize: entry.narSize,
      fileHashHex: entry.fileHashHex,
      fileSize: entry.fileSize,
      fingerprint: entry.fingerprint,
      signedBy: entry.signedBy,
      path: 'match',
    })
  })

  it.each(real)('$directory/$narinfo is trusted exactly when it is signed or content-addressed', (entry) => {
    const { verified, judged } = judgeReal(entry)
    const isSigned = entry.signedBy.length > 0
    const isContentAddressed = entry.ca !== undefined
    expect(judged).toMatchObject({ ca: isContentAddressed ? 'valid' : null })
    expect(verified.isTrusted).toBe(isSigned || isContentAddressed)
    expect(verified.signature).toBe(isSigned ? 'valid' : isContentAddressed ? 'content-addressed' : 'none')
    expect(verified.signedBy).toBe(entry.signedBy[0] ?? null)
  })

  it.each(real.filter(({ ca }) => ca === undefined))('$directory/$narinfo is not trusted without its key', (entry) => {
    expect(judgeReal(entry, NO_KEYS).verified).toMatchObject({
      isTrusted: false,
      signature: entry.signedBy.length > 0 ? 'unknown-key' : 'none',
    })
  })

  it.each(real)('$directory/$narinfo has the archive that it describes', async (entry) => {
    const { judged } = judgeReal(entry)
    if (judged.parse !== 'ok') throw new Error(judged.parse)
    expect(await checkArchiveOf(judged.narinfo, `real-cache/${entry.directory}`)).toEqual({ nar: 'match', file: null })
  })
})

const Published = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      storePath: z.string(),
      signatures: z.array(z.object({ keyName: z.string(), result: z.string() })),
      compression: z.string().nullable(),
      references: z.number(),
      fingerprintSha256: z.string(),
      caPath: z.string().optional(),
      signatureOverListedOrder: z.string().optional(),
    }),
  ),
})
const published = Published.parse(JSON.parse(readText('real-narinfo/manifest.json'))).files
const publishedKeys = readKeys('real-narinfo/keys.txt')

describe('narinfos that public caches signed', () => {
  it('are all 38 there', () => {
    expect(published).toHaveLength(38)
  })

  it.each(published)('$file has the verdict of its manifest, signature by signature', (entry) => {
    const text = readText(`real-narinfo/${entry.file}`)
    const question = { storePath: toStorePath(entry.storePath), keys: publishedKeys }
    const judged = judgeNarinfo(text, question)
    if (judged.parse !== 'ok') throw new Error(judged.parse)
    const { narinfo } = judged
    const fingerprint = fingerprintOf(narinfo)
    expect(sha256(fingerprint)).toBe(entry.fingerprintSha256)
    expect(narinfo.signatures.map((text) => checkSignature(text, fingerprint, publishedKeys))).toEqual(entry.signatures)
    expect(narinfo.references).toHaveLength(entry.references)
    expect(narinfo.compression).toBe(entry.compression ?? 'bzip2')
    expect(judged.ca).toBe(entry.caPath ?? null)
    const isSigned = entry.signatures.some(({ result }) => result === 'valid')
    expect(verifyNarinfo(text, question)).toMatchObject({
      isTrusted: isSigned,
      signature: isSigned ? 'valid' : 'invalid',
    })
  })

  it('include one that was signed over unsorted references, which Nix refuses and so do we', () => {
    const legacy = published.find(({ signatureOverListedOrder }) => signatureOverListedOrder === 'valid')
    const text = readText(`real-narinfo/${legacy?.file}`)
    const judged = judgeNarinfo(text, { storePath: toStorePath(legacy?.storePath ?? ''), keys: publishedKeys })
    if (judged.parse !== 'ok') throw new Error(judged.parse)
    const sorted = fingerprintOf(judged.narinfo)
    const listed = judged.narinfo.references.map((reference) => `/nix/store/${reference}`).join(',')
    const asListed = `${sorted.slice(0, sorted.lastIndexOf(';'))};${listed}`
    const results = [sorted, asListed].map((fingerprint) =>
      judged.narinfo.signatures.map((signature) => checkSignature(signature, fingerprint, publishedKeys).result),
    )
    expect(results).toEqual([['invalid'], ['valid']])
  })
})

import { createPublicKey, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isHeldByCachix, isHeldByMirror, type StoredOutput, shelfOf } from './cache-contents'
import { type DemoUpstreams, startDemoUpstreams } from './main'
import { digestPartOf } from './store-path'

const NOW = new Date('2026-11-23T00:39:00Z')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

let demo: DemoUpstreams
beforeEach(async () => {
  demo = await startDemoUpstreams({ now: NOW })
})
afterEach(() => demo.close())

function fieldsOf(narinfo: string): ReadonlyMap<string, string> {
  return new Map(
    narinfo
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
}

/** Does the narinfo's signature verify with this key? Written from the contract, not from the code under test. */
function isSignedBy(narinfo: string, key: string): boolean {
  const fields = fieldsOf(narinfo)
  const references = (fields.get('References') ?? '')
    .split(' ')
    .filter((name) => name !== '')
    .sort()
  const paths = references.map((name) => `/nix/store/${name}`).join(',')
  const message = `1;${fields.get('StorePath')};${fields.get('NarHash')};${fields.get('NarSize')};${paths}`
  const [name = '', bytes = ''] = key.split(':')
  const [signer, signature = ''] = (fields.get('Sig') ?? '').split(':')
  const der = Buffer.concat([SPKI, Buffer.from(bytes, 'base64')])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return signer === name && verify(null, Buffer.from(message), publicKey, Buffer.from(signature, 'base64'))
}

function storedWhere(choose: (stored: StoredOutput) => boolean): readonly StoredOutput[] {
  return [...shelfOf(demo.world).outputs.values()].filter(choose)
}

const digestOf = (stored: StoredOutput | undefined) => digestPartOf(stored?.output.path ?? '/nix/store/none')
const narinfoAt = (url: string, digest: string) => fetch(`${url}/${digest}.narinfo`)

async function askMissing(digests: readonly string[]): Promise<readonly string[]> {
  const url = `${demo.addresses.cachix}/api/v1/cache/cuda-maintainers/narinfo`
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(digests),
    headers: { 'content-type': 'application/json' },
  })
  return z.array(z.string()).parse(await response.json())
}

describe('the caches of the demo', () => {
  it('serve narinfos whose signatures verify with the configured keys, and one of a stranger that does not', async () => {
    const [cachix, mirror] = demo
      .demoConfig()
      .caches.map((cache) => ({ url: cache.url, key: cache.publicKeys[0] ?? '' }))
    const held = storedWhere((stored) => isHeldByCachix(demo.world, stored)).filter((_, index) => index % 50 === 0)
    for (const stored of held.filter((of) => of.derivation.spec.name !== 'lightgbm')) {
      const narinfo = await (await narinfoAt(cachix?.url ?? '', digestOf(stored))).text()
      expect(isSignedBy(narinfo, cachix?.key ?? '')).toBe(true)
      expect(fieldsOf(narinfo).get('StorePath')).toBe(stored.output.path)
      expect(fieldsOf(narinfo).get('FileHash')).toMatch(/^sha256:[0-9a-f]{64}$/)
    }
    const mirrored = storedWhere((stored) => isHeldByMirror(demo.world, stored))
    expect(held.length).toBeGreaterThan(5)
    expect(mirrored.length).toBeGreaterThan(3)
    expect(
      isSignedBy(await (await narinfoAt(mirror?.url ?? '', digestOf(mirrored[0]))).text(), mirror?.key ?? ''),
    ).toBe(true)
    const [foreign] = storedWhere(
      (stored) =>
        stored.derivation.spec.name === 'lightgbm' &&
        stored.derivation.lineage === 'trunk' &&
        isHeldByCachix(demo.world, stored),
    )
    expect(isSignedBy(await (await narinfoAt(cachix?.url ?? '', digestOf(foreign))).text(), cachix?.key ?? '')).toBe(
      false,
    )
  })

  it('answer the bulk question as narinfos do, but for what cache.nixos.org has', async () => {
    const sample = storedWhere(() => true).filter(
      (stored, index) => index % 40 === 0 || stored.derivation.spec.name === 'blas',
    )
    const missing = await askMissing(sample.map(digestOf))
    for (const stored of sample) {
      const { status } = await narinfoAt(demo.addresses.cachix, digestOf(stored))
      if (stored.derivation.spec.isUpstream) expect([status, missing.includes(digestOf(stored))]).toEqual([404, false])
      else expect(status).toBe(missing.includes(digestOf(stored)) ? 404 : 200)
    }
  })

  it('lose paths when garbage is collected, some of the newest evaluations among them', async () => {
    const held = storedWhere((stored) => isHeldByCachix(demo.world, stored))
    expect(await askMissing(held.map(digestOf))).toEqual([])
    expect(demo.mutate({ action: 'collect-garbage' })).toBe(true)
    const lost = new Set(await askMissing(held.map(digestOf)))
    const lostNow = held.filter(
      (stored) => lost.has(digestOf(stored)) && shelfOf(demo.world).wantedNow.has(stored.derivation),
    )
    expect(lost.size).toBeGreaterThan(100)
    expect(lostNow.map((stored) => `${stored.derivation.lineage} ${stored.derivation.spec.name}`)).toContain(
      'release blender',
    )
  })

  it('tell a private cache and one that does not exist alike', async () => {
    expect((await fetch(`${demo.addresses.cachix}/api/v1/cache/other`)).status).toBe(401)
    const record = z.object({ publicSigningKeys: z.array(z.string()), isPublic: z.boolean() })
    const own = await (await fetch(`${demo.addresses.cachix}/api/v1/cache/cuda-maintainers`)).json()
    expect(record.parse(own).publicSigningKeys).toEqual(demo.demoConfig().caches[0]?.publicKeys)
  })

  it('evict and forge what a test names', async () => {
    const [first, second] = storedWhere(
      (stored) => isHeldByCachix(demo.world, stored) && stored.derivation.spec.name === 'torch',
    )
    demo.servers.cachix.faults.add({ kind: 'evict', digests: [digestOf(first)] })
    demo.servers.cachix.faults.add({ kind: 'forge', digests: [digestOf(second)] })
    expect((await narinfoAt(demo.addresses.cachix, digestOf(first))).status).toBe(404)
    expect(await askMissing([digestOf(first), digestOf(second)])).toEqual([digestOf(first)])
    const forged = await (await narinfoAt(demo.addresses.cachix, digestOf(second))).text()
    const key = demo.demoConfig().caches[0]?.publicKeys[0] ?? ''
    expect(fieldsOf(forged).get('Sig')?.split(':')[0]).toBe(key.split(':')[0])
    expect(isSignedBy(forged, key)).toBe(false)
  })
})

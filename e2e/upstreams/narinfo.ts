import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { DemoDerivation } from './derivations'
import { between, digestOf } from './random'
import { baseNameOf, contentHashOf } from './store-path'

type Output = DemoDerivation['outputs'][number]

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SIZE_SHARE: Readonly<Record<string, number>> = {
  out: 1,
  lib: 0.9,
  dist: 0.35,
  dev: 0.04,
  cxxdev: 0.05,
  static: 0.6,
  doc: 0.03,
}

/** A signing key of the demo: the same name and seed give the same key. */
export interface SigningKey {
  readonly name: string
  readonly secret: KeyObject
  /** `name:base64`, as configurations hold it. */
  readonly publicKey: string
}

/** The signing key that the seed text decides. */
export function makeSigningKey(name: string, seed: string): SigningKey {
  const secret = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, digestOf(`key:${seed}`)]),
    format: 'der',
    type: 'pkcs8',
  })
  const bytes = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { name, secret, publicKey: `${name}:${bytes.toString('base64')}` }
}

/** What is known of an output's archive: hash in Nix's notation, bytes, and base names of what it refers to, sorted. */
export function narOf(derivation: DemoDerivation, output: Output) {
  const share = SIZE_SHARE[output.name] ?? 0.08
  const bytes = derivation.spec.megabytes * 1e6 * share * between(`${output.path}:size`, 0.92, 1.08)
  const inputs = derivation.inputs.flatMap((input) => input.outputs.slice(0, 1)).map((of) => baseNameOf(of.path))
  // Archives are padded to eight bytes.
  return {
    hash: `sha256:${contentHashOf(output.path).nix32}`,
    size: Math.ceil(bytes / 8) * 8 + 512,
    references: inputs.sort(),
  }
}

function fingerprint(output: Output, nar: ReturnType<typeof narOf>): string {
  const references = nar.references.map((name) => `/nix/store/${name}`).join(',')
  return `1;${output.path};${nar.hash};${nar.size};${references}`
}

/** A narinfo as cachix writes it: FileHash in hex, named after it. `keys` sign in their order. */
export function narinfoText(derivation: DemoDerivation, output: Output, keys: readonly SigningKey[]): string {
  const nar = narOf(derivation, output)
  const file = contentHashOf(`${output.path}:file`).hex
  const message = Buffer.from(fingerprint(output, nar))
  const lines = [
    `StorePath: ${output.path}`,
    `URL: nar/${file}.nar.zst`,
    'Compression: zstd',
    `FileHash: sha256:${file}`,
    `FileSize: ${Math.ceil(nar.size * 0.31)}`,
    `NarHash: ${nar.hash}`,
    `NarSize: ${nar.size}`,
    ...(nar.references.length === 0 ? [] : [`References: ${nar.references.join(' ')}`]),
    `Deriver: ${baseNameOf(derivation.path)}`,
    ...keys.map((key) => `Sig: ${key.name}:${sign(null, message, key.secret).toString('base64')}`),
  ]
  return `${lines.join('\n')}\n`
}

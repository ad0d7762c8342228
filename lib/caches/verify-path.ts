import 'server-only'
import type { VerifiedNarinfo } from './cache'
import { type ContentAddressVerdict, checkContentAddress } from './content-address'
import { type Narinfo, type NarinfoFault, parseNarinfo } from './narinfo'
import type { PublicKeys } from './public-keys'
import { judgeSignatures, type SignatureVerdict } from './signature'
import { printStorePath, type StorePath } from './store-path'

export interface Question {
  /** The store path that was asked for. */
  readonly storePath: StorePath
  readonly keys: PublicKeys
}

/** All that one narinfo text proves about a path, field by field. */
export type NarinfoJudgement = { readonly parse: NarinfoFault } | ReadJudgement

export interface ReadJudgement {
  readonly parse: 'ok'
  readonly narinfo: Narinfo
  readonly signature: SignatureVerdict
  /** Null without a `CA` field. */
  readonly ca: ContentAddressVerdict | null
  /** Does the text describe the path that was asked for, digest and name? */
  readonly path: 'match' | 'mismatch'
}

/** Reads and checks a narinfo text: steps 1 to 3 of the contract's full verification. Never throws. */
export function judgeNarinfo(text: string, { storePath, keys }: Question): NarinfoJudgement {
  const parsed = parseNarinfo(text, storePath.storeDir)
  if (!parsed.ok) return { parse: parsed.fault }
  const { narinfo } = parsed
  return {
    parse: 'ok',
    narinfo,
    signature: judgeSignatures(narinfo, keys),
    ca: narinfo.ca === null ? null : checkContentAddress({ ...narinfo, ca: narinfo.ca }),
    path: printStorePath(narinfo.storePath) === printStorePath(storePath) ? 'match' : 'mismatch',
  }
}

/**
 * The verdict that presence is decided by. Trusted means: the text describes this path, and a configured key signed it or
 * its content address leads to it. Whether the archive itself is there and intact is not asked.
 */
export function verifyNarinfo(text: string, question: Question): VerifiedNarinfo {
  const judgement = judgeNarinfo(text, question)
  if (judgement.parse !== 'ok') return unreadableNarinfo(judgement.parse)
  const { narinfo, signature } = judgement
  const isProvenByContent = judgement.ca === 'valid' && !DECIDED_BY_SIGNATURE.has(signature.state)
  const reason = pathFault(judgement) ?? (isProvenByContent ? null : signatureFault(judgement))
  return {
    isTrusted: reason === null,
    reason,
    signature: isProvenByContent ? 'content-addressed' : signature.state,
    signedBy: signature.signedBy,
    narSize: narinfo.narSize,
    fileSize: narinfo.fileSize,
  }
}

/** What is known of a path whose narinfo cannot be parsed: that it must not be trusted. */
export function unreadableNarinfo(fault: NarinfoFault): VerifiedNarinfo {
  return {
    isTrusted: false,
    reason: `the narinfo cannot be read (${fault})`,
    signature: 'none',
    signedBy: null,
    narSize: null,
    fileSize: null,
  }
}

const SIGNATURE_FAULTS = {
  valid: null,
  invalid: 'a signature under the name of a configured key does not verify',
  'unknown-key': 'signed, but by no key that is configured for this cache',
  malformed: 'the narinfo holds a malformed signature, for which Nix refuses it',
  none: 'the narinfo is not signed',
} as const satisfies Record<SignatureVerdict['state'], string | null>

// A malformed signature makes Nix refuse the whole text, whatever its content address proves.
const DECIDED_BY_SIGNATURE: ReadonlySet<SignatureVerdict['state']> = new Set(['valid', 'malformed'])

function pathFault({ path, narinfo }: ReadJudgement): string | null {
  return path === 'match' ? null : `the narinfo describes another path: ${printStorePath(narinfo.storePath)}`
}

function signatureFault({ signature, ca }: ReadJudgement): string | null {
  if (signature.state === 'none' && ca === 'invalid') {
    return 'not signed, and its content address does not lead to this path'
  }
  return SIGNATURE_FAULTS[signature.state]
}

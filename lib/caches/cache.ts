import 'server-only'

/** What one narinfo proved about a store path. `signature` follows contracts/nix-binary-cache, section 8. */
export interface VerifiedNarinfo {
  readonly isTrusted: boolean
  /** Why it is not trusted, in a sentence for people; null when it is. */
  readonly reason: string | null
  readonly signature: 'valid' | 'invalid' | 'unknown-key' | 'malformed' | 'none' | 'content-addressed'
  /** Name of the configured key that verified, or null. */
  readonly signedBy: string | null
  /** Bytes; null when the text could not be parsed. */
  readonly narSize: number | null
  readonly fileSize: number | null
}

/** A cache's answer to one store path. */
export type PathAnswer =
  | { readonly kind: 'present'; readonly narinfo: VerifiedNarinfo }
  | { readonly kind: 'absent' }
  /** 403: absent only if the cache's `nix-cache-info` answers 200 in the same run. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface CacheInfo {
  readonly storeDir: string | null
  readonly priority: number | null
  readonly wantMassQuery: boolean
}

/** One binary cache. Methods throw `UpstreamError` (lib/net/errors.ts) where a result type does not say the failure. */
export interface Cache {
  readonly id: string
  /** Which of these digests (32 characters of nix32) the cache lacks; null when it has no bulk question. */
  readonly askMissing: ((digests: readonly string[]) => Promise<ReadonlySet<string>>) | null
  readInfo(): Promise<CacheInfo>
  /** The keys that the cache's service publishes for it: compared, never trusted; null where there is no such service. */
  readonly readPublishedKeys: (() => Promise<readonly string[]>) | null
  /** Reads and verifies the narinfo of a full store path. Never throws for an upstream's fault: that is `unreachable`. */
  askPath(storePath: string): Promise<PathAnswer>
}

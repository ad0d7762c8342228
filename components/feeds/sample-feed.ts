import type { Feed, FeedEntry, FeedEvaluation } from '@/lib/contract/feed'
import type { HealthEvent } from '@/lib/domain/health-event'

export const DAY_MS = 86_400_000
const BEGIN_MS = Date.parse('2026-11-20T06:00:00Z')

export function sampleEvent(parts: Partial<HealthEvent> = {}): HealthEvent {
  return {
    key: 'broke-magma',
    kind: 'broke',
    branch: 'nixos-unstable',
    cause: {
      key: 'magma',
      name: 'magma-2.6.2',
      derivation: `/nix/store/${'0'.repeat(32)}-magma-2.6.2.drv`,
      status: 'failed',
    },
    packages: ['pytorch', 'python3Packages.jax'],
    alsoBroken: [],
    stillBroken: [],
    evaluation: 'eval-2',
    nixpkgsRevision: '2'.repeat(40),
    before: 'eval-1',
    partly: [],
    reasons: [],
    atMs: BEGIN_MS,
    ...parts,
  }
}

export function samplePlace(number: number, parts: Partial<FeedEvaluation> = {}): FeedEvaluation {
  return {
    evaluation: `eval-${number}`,
    at: new Date(BEGIN_MS + (number - 2) * DAY_MS).toISOString(),
    index: number,
    nixpkgsRevision: String(number).repeat(40),
    url: `https://ci.example/${number}`,
    isSuperseded: false,
    ...parts,
  }
}

export function sampleEntry(event: Partial<HealthEvent> = {}, parts: Partial<FeedEntry> = {}): FeedEntry {
  return {
    event: sampleEvent(event),
    branchTitle: 'nixos-unstable',
    evaluation: samplePlace(2),
    before: samplePlace(1),
    excerpt: [],
    ...parts,
  }
}

export function sampleFeed(parts: Partial<Feed> = {}): Feed {
  return {
    asked: { kind: 'all' },
    title: 'CUDA-enabled nixpkgs',
    subject: null,
    publicUrl: 'https://flakes.example.org',
    nixpkgsUrl: 'https://github.com/NixOS/nixpkgs',
    toldAt: '2026-11-21T07:00:00.000Z',
    generatedAt: '2026-11-21T07:15:00.000Z',
    entries: [sampleEntry()],
    ...parts,
  }
}

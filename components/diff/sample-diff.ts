import type { Diff, DiffEntry, DiffSide } from '@/lib/contract/diff'
import type { ListedEvaluation } from '@/lib/contract/evaluation'
import type { FoldedCause } from '@/lib/contract/folded-cause'

/** An evaluation as a test needs it, everything in order unless it says otherwise. */
export function sampleEvaluation(parts: Partial<ListedEvaluation> = {}): ListedEvaluation {
  return {
    id: 'new',
    branch: 'nixos-unstable',
    source: 'ci',
    handler: 'OnPush/default',
    externalId: 'job-2',
    index: 2,
    url: 'https://ci.example/jobs/2',
    ref: 'nixos-unstable',
    ciRevision: 'c'.repeat(40),
    nixpkgsRevision: 'b'.repeat(40),
    nixpkgsDate: '2026-11-20T00:00:00.000Z',
    state: 'finished',
    startedAt: '2026-11-22T08:00:00.000Z',
    finishedAt: '2026-11-22T09:00:00.000Z',
    observedAt: '2026-11-22T09:10:00.000Z',
    isComplete: true,
    isSuperseded: false,
    error: null,
    ...parts,
  }
}

export const MAGMA: FoldedCause = {
  derivation: `/nix/store/${'0'.repeat(32)}-magma-2.7.2.drv`,
  name: 'magma-2.7.2',
  status: 'failed',
  blocks: 2,
  packages: ['magma', 'torch'],
  brokenNow: [{ branch: 'nixos-unstable', blocks: 2 }],
  excerpt: null,
}

/** One side of an attribute; what is blocked is blocked by magma. */
export function sampleSide(parts: Partial<DiffSide> = {}): DiffSide {
  const { derivation, name, status } = MAGMA
  const isBlocked = parts.status === 'dependency-failed'
  return {
    attribute: 'torch',
    status: 'succeeded',
    mayFail: false,
    derivation: null,
    version: '1.0',
    rootCauses: isBlocked ? [{ derivation, name, status }] : [],
    ...parts,
  }
}

export function sampleEntry(parts: Partial<DiffEntry> = {}): DiffEntry {
  const after = parts.after === undefined ? sampleSide({ status: 'failed' }) : parts.after
  return {
    package: 'torch',
    headline: false,
    attribute: 'torch',
    change: 'newly-failing',
    flapping: false,
    before: sampleSide(),
    rootCauses: after?.rootCauses ?? [],
    ...parts,
    after,
  }
}

/** A diff of these entries, counted as the server counts. */
export function sampleDiff(entries: readonly DiffEntry[], parts: Partial<Diff> = {}): Diff {
  const count = (change: DiffEntry['change']) => entries.filter((entry) => entry.change === change).length
  return {
    from: sampleEvaluation({ id: 'old', index: 1, startedAt: '2026-11-21T08:00:00.000Z' }),
    to: sampleEvaluation(),
    nixpkgs: { from: 'a'.repeat(40), to: 'b'.repeat(40), compareUrl: 'https://github.com/NixOS/nixpkgs/compare/a...b' },
    summary: {
      'newly-failing': count('newly-failing'),
      'newly-fixed': count('newly-fixed'),
      'still-failing': count('still-failing'),
      'still-succeeding': 40,
      added: count('added'),
      removed: count('removed'),
      undecided: count('undecided'),
      'version-changed': parts.versionChanges?.length ?? 0,
    },
    entries: [...entries],
    rootCauses: [],
    versionChanges: [],
    presets: { previous: 'old', sameDay: [{ branch: 'master', evaluation: 'other' }] },
    noLongerCached: [],
    ...parts,
  }
}

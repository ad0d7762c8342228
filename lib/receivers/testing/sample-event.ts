import 'server-only'
import type { HealthEvent } from '@/lib/domain/health-event'

export const CAUSE = {
  key: 'magma-key',
  name: 'magma-2.6.2',
  derivation: '/nix/store/a-magma-2.6.2.drv',
  status: 'failed',
} as const

/** For tests: a change of health. */
export function sampleEvent(given: Partial<HealthEvent> = {}): HealthEvent {
  return {
    key: 'event-1',
    kind: 'broke',
    branch: 'nixos-unstable',
    cause: CAUSE,
    packages: ['pytorch', 'jax'],
    alsoBroken: [],
    stillBroken: [],
    evaluation: 'evaluation-1',
    nixpkgsRevision: '8cc8a5a',
    before: null,
    partly: [],
    reasons: [],
    atMs: Date.parse('2026-11-23T12:00:00Z'),
    ...given,
  }
}

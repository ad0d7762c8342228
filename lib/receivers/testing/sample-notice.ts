import 'server-only'
import { eventText } from '@/lib/domain/event-text'
import type { HealthEvent } from '@/lib/domain/health-event'
import type { Notice } from '@/lib/receivers/receiver'

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

/** For tests: what a receiver is told of a change. */
export function sampleNotice(event: HealthEvent = sampleEvent(), given: Partial<Notice> = {}): Notice {
  return {
    ...eventText(event),
    id: `msg_${event.key}`,
    event,
    url: 'https://flakes.example.org/evaluations/evaluation-1',
    at: new Date(event.atMs),
    isRepeat: false,
    cause: { isBroken: event.kind === 'broke', issue: null },
    ...given,
  }
}

/** For tests: names as an enemy would choose them. */
export const HOSTILE = '<img src=x onerror=alert(1)>\r\nBcc: all@example.org [a](javascript:b) @octocat #1 `*_'

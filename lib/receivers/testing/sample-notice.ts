import 'server-only'
import { eventText } from '@/lib/domain/event-text'
import type { HealthEvent } from '@/lib/domain/health-event'
import type { Notice } from '@/lib/receivers/receiver'
import { sampleEvent } from './sample-event'

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

import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { ReceiverReport } from '@/lib/contract/sync'
import { Receivers } from './receivers'

const now = new Date('2026-11-23T12:00:00Z')

function receiverOf(given: Partial<ReceiverReport>): ReceiverReport {
  return {
    ...{ id: 'team', kind: 'webhook', to: 'hooks.example.org', isEnabled: true, waiting: 0, nextTryAt: null },
    ...{ failing: null, lastSentAt: null, givenUp: 0, log: [] },
    ...given,
  }
}

function markupOf(...receivers: ReceiverReport[]): string {
  return renderToStaticMarkup(<Receivers receivers={receivers} now={now} toolsOf={(id) => <b>test {id}</b>} />)
}

const textOf = (...receivers: ReceiverReport[]) =>
  markupOf(...receivers)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('Receivers', () => {
  it('says that nobody is notified, and what was never sent', () => {
    expect(textOf()).toContain('Nobody is notified: the configuration names no receivers.')
    expect(textOf(receiverOf({}))).toContain('team webhook hooks.example.org Nothing was sent yet. test team')
  })

  it('says why nothing arrives, how often that was tried, and when it is tried again', () => {
    const failing = { attempts: 3, reason: 'answered HTTP 503' }
    const text = textOf(
      receiverOf({
        failing,
        waiting: 4,
        nextTryAt: '2026-11-23T12:10:00.000Z',
        lastSentAt: '2026-11-23T11:00:00.000Z',
      }),
    )
    expect(text).toMatch(
      /3 attempts have failed: answered HTTP 503\. Tried again in 10 min\..*Last sent 1 h ago.*4 notices/,
    )
  })

  it('lists attempts with what was told, as text whatever it holds', () => {
    const at = '2026-11-23T11:55:00.000Z'
    const markup = markupOf(
      receiverOf({
        givenUp: 1,
        log: [
          { at, title: '<b>x</b> broke', durationMs: 5, outcome: 'sent', reason: null },
          { at, title: 'y', durationMs: 5, outcome: 'given-up', reason: 'answered HTTP 422' },
        ],
      }),
    )
    expect(markup).toContain('&lt;b&gt;x&lt;/b&gt; broke')
    expect(markup).toContain('answered HTTP 422')
    expect(markup).toContain('One was given up within a month.')
  })

  it('offers nothing for a receiver that is off', () => {
    expect(textOf(receiverOf({ isEnabled: false }))).toBe(' team webhook hooks.example.org Switched off. ')
  })
})

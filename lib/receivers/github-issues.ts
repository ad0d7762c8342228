import 'server-only'
import { causeTitle } from '@/lib/domain/event-text'
import type { EventCause } from '@/lib/domain/health-event'
import { UpstreamError } from '@/lib/net/errors'
import { type IssueApi, type IssueApiSettings, issueApi } from './issue-api'
import { escapeMarkdown, hiddenMarker } from './markdown'
import type { KnownIssue, Notice, Receiver } from './receiver'

export interface GithubIssuesSettings extends IssueApiSettings {
  readonly id: string
  readonly labels: readonly string[]
}

/** GitHub asks for a second between requests that write. */
const PAUSE_MS = 1_000
/** Their clock and ours may differ. */
const CLOCK_SLACK_MS = 3_600_000

/**
 * Keeps one issue per root cause: opens it, comments on what changes, closes it when the cause breaks nothing any more,
 * opens it again when it returns. What was written is found by hidden markers, so nothing is written twice.
 */
export function githubIssuesReceiver(settings: GithubIssuesSettings): Receiver {
  const api = issueApi(settings)
  return {
    id: settings.id,
    pauseMs: PAUSE_MS,
    send: async (notice) => {
      const { event } = notice
      if (event === null) return tryOut(api, settings)
      // What has no root cause is no matter of issues.
      if (event.cause === null) return null
      return follow(
        api,
        { ...notice, rootCause: event.cause, eventKey: event.key, isBreakage: event.kind === 'broke' },
        settings.labels,
      )
    },
  }
}

interface Told extends Notice {
  readonly rootCause: EventCause
  readonly eventKey: string
  readonly isBreakage: boolean
}

async function tryOut(api: IssueApi, { api: base, owner, name }: GithubIssuesSettings): Promise<null> {
  if (await api.hasIssues()) return null
  throw new UpstreamError('forbidden', `${base}/repos/${owner}/${name}`, 'issues are switched off in this repository')
}

async function follow(api: IssueApi, told: Told, labels: readonly string[]): Promise<KnownIssue | null> {
  const { issue } = told.cause
  const known = issue === null ? null : await update(api, told, issue)
  if (known !== null) return known
  // Never opened, gone, or opened by an attempt that could not say so.
  const found = await api.find(hiddenMarker('cause', told.rootCause.key))
  if (found !== null) {
    const isTold = found.body?.includes(hiddenMarker('event', told.eventKey)) ?? false
    const isOpen = found.state === 'open'
    if (isTold) return { number: found.number, isOpen }
    const updated = await update(api, { ...told, isRepeat: true }, { number: found.number, isOpen })
    if (updated !== null) return updated
  }
  if (!told.isBreakage) return null
  const opened = await api.open({ title: causeTitle(told.rootCause), body: bodyOf(told), labels })
  return { number: opened.number, isOpen: true }
}

/** Null when the issue is gone. */
async function update(api: IssueApi, told: Told, { number, isOpen }: KnownIssue): Promise<KnownIssue | null> {
  const returns = told.isBreakage && !isOpen
  const ends = !told.isBreakage && isOpen && !told.cause.isBroken
  if (returns && !(await api.setState(number, 'open'))) return null
  if (!(await commentOnce(api, told, number))) return null
  if (ends && !(await api.setState(number, 'closed'))) return null
  return { number, isOpen: returns || (isOpen && !ends) }
}

async function commentOnce(api: IssueApi, told: Told, number: number): Promise<boolean> {
  const marker = hiddenMarker('event', told.eventKey)
  const since = new Date(told.at.getTime() - CLOCK_SLACK_MS)
  if (told.isRepeat && (await api.hasComment(number, marker, since))) return true
  return api.comment(number, `${wordsOf(told)}\n\n${marker}`)
}

function bodyOf(told: Told): string {
  const note =
    'This issue is kept by Flakeboard: it comments on changes, closes it when nothing is broken by this cause any more, and opens it again when it returns.'
  const markers = [hiddenMarker('cause', told.rootCause.key), hiddenMarker('event', told.eventKey)]
  return [wordsOf(told), note, markers.join('\n')].join('\n\n')
}

function wordsOf({ title, lines, url }: Notice): string {
  const list = lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')
  return [`**${escapeMarkdown(title)}**`, list, `[On the dashboard](${url})`].filter((part) => part !== '').join('\n\n')
}

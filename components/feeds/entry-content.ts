import type { Feed, FeedEntry, FeedEvaluation } from '@/lib/contract/feed'
import { paths } from '@/lib/contract/paths'
import { type EventLine, eventLines } from '@/lib/domain/event-text'
import { type Html, html } from './feed-html'

/** Packages that an entry lists before it counts the rest, and lines of a log that it shows. */
const PACKAGES_MAX = 60
const EXCERPT_LINES_MAX = 12

type Place = Pick<Feed, 'publicUrl' | 'nixpkgsUrl'>

/** What an entry says, as HTML with absolute addresses: what changed, since when, why, and where to look further. */
export function entryContent(entry: FeedEntry, place: Place): string {
  const parts = [
    ...eventLines(entry.event).map((line) => lineOf(line, entry, place)),
    ...rangeOf(entry, place),
    ...supersededOf(entry),
    ...excerptOf(entry),
    linksOf(entry, place),
  ]
  return parts.map((part) => part.html).join('\n')
}

function diffOf(evaluation: FeedEvaluation, before: FeedEvaluation | null): string {
  return paths.diffOf({ from: before?.evaluation ?? null, to: evaluation.evaluation })
}

function lineOf({ text, packages }: EventLine, { event }: FeedEntry, { publicUrl }: Place): Html {
  if (packages.length === 0) return html`<p>${text}</p>`
  const listed = packages.slice(0, PACKAGES_MAX).map((name, index) => {
    const lanes = event.partly.find((one) => one.package === name && event.packages.includes(name))?.lanes ?? []
    const partly = lanes.length === 0 ? html`` : html` (only ${lanes.map((lane) => lane.trim()).join(', ')})`
    return html`${index === 0 ? '' : html`, `}<a href="${publicUrl + paths.package(name)}">${name}</a>${partly}`
  })
  const rest = packages.length - listed.length
  return html`<p>${text}: ${listed}${rest > 0 ? ` and ${rest} more` : ''}</p>`
}

function rangeOf({ event, evaluation, before }: FeedEntry, { publicUrl, nixpkgsUrl }: Place): Html[] {
  if (evaluation === null) return []
  const at = html`<a href="${publicUrl + paths.evaluation(evaluation.evaluation)}">evaluation ${evaluation.index}</a>`
  const seen = html`<p>First seen in ${at}${timeOf(evaluation)}${revisionOf(evaluation, nixpkgsUrl)}.</p>`
  if (event.kind !== 'broke') return [seen]
  if (before === null) return [seen, html`<p>No evaluation before it is known that shows otherwise.</p>`]
  const last = html`<a href="${publicUrl + paths.evaluation(before.evaluation)}">evaluation ${before.index}</a>`
  const compared = compareUrl(before.nixpkgsRevision, evaluation.nixpkgsRevision, nixpkgsUrl)
  const range = compared === null ? html`` : html` <a href="${compared}">Changes of nixpkgs between the two</a>.`
  return [seen, html`<p>Not so in ${last}${timeOf(before)}${revisionOf(before, nixpkgsUrl)}.${range}</p>`]
}

function timeOf({ at }: FeedEvaluation): Html {
  return at === null ? html`` : html`, finished ${at.slice(0, 16).replace('T', ' ')} UTC`
}

function revisionOf({ nixpkgsRevision }: FeedEvaluation, nixpkgsUrl: string): Html {
  if (nixpkgsRevision === null) return html``
  return html`, nixpkgs <a href="${`${nixpkgsUrl}/commit/${nixpkgsRevision}`}">${nixpkgsRevision.slice(0, 8)}</a>`
}

function compareUrl(from: string | null, to: string | null, nixpkgsUrl: string): string | null {
  return from === null || to === null || from === to ? null : `${nixpkgsUrl}/compare/${from}...${to}`
}

function supersededOf({ evaluation }: FeedEntry): Html[] {
  if (evaluation?.isSuperseded !== true) return []
  return [
    html`<p>That evaluation was repeated since; where the repetition shows otherwise, an entry of its own says so.</p>`,
  ]
}

function excerptOf({ excerpt }: FeedEntry): Html[] {
  if (excerpt.length === 0) return []
  const lines = excerpt.slice(0, EXCERPT_LINES_MAX).map((line) => html`${line}\n`)
  return [html`<p>From its build log:</p>`, html`<pre>${lines}</pre>`]
}

function linksOf({ event, evaluation, before }: FeedEntry, { publicUrl }: Place): Html {
  const links: [string, string][] = [
    ...(event.cause?.derivation == null
      ? []
      : ([['Derivation and log', publicUrl + paths.derivation(event.cause.derivation)]] satisfies [string, string][])),
    ...(evaluation === null
      ? []
      : ([
          ['What changed', publicUrl + diffOf(evaluation, before)],
          ['At the source', evaluation.url],
        ] satisfies [string, string][])),
    ...(event.kind === 'broke' ? ([['Triage', publicUrl + paths.triage()]] satisfies [string, string][]) : []),
    ['Branch', publicUrl + paths.branch(event.branch)],
  ]
  return html`<p>${links.map(([word, href], index) => html`${index === 0 ? '' : ' · '}<a href="${href}">${word}</a>`)}</p>`
}

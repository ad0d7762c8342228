import { exactTime, groupedNumber } from '@/components/age'
import type { Asking, Explanation } from '@/lib/contract/explain'

/** What a reader must know of an answer as a whole, each a sentence or two: what it leaves out, and how fresh it is. */
export function explainNotes(answer: Explanation, asking: Asking | null): string[] {
  return [...askingNotes(asking), ...leftOutNotes(answer)]
}

function askingNotes(asking: Asking | null): string[] {
  if (asking === null) return ['As stored: the caches were not asked now. “Explain” asks them.']
  const { state, retryAt, left } = asking
  const waiting =
    left === 0
      ? []
      : [
          `${groupedNumber(left)} paths are not checked yet: a cache is asked for a hundred at a time. “Explain” asks for more.`,
        ]
  if (state === 'late') return ['The caches take long to answer. Below is what is stored; “Explain” again in a moment.']
  if (state !== 'limited') return waiting
  const when = retryAt === null ? 'later' : `after ${exactTime(retryAt)}`
  return [`The caches were not asked, because that was done too often. Below is what is stored; ask again ${when}.`]
}

function leftOutNotes({ total, paths, leftOut, announced }: Explanation): string[] {
  const cut = total - paths.length
  return [
    ...(cut > 0
      ? [
          `The text names ${groupedNumber(total)} paths; these are the first ${groupedNumber(paths.length)}, what is to be built first. Paste the others by themselves.`,
        ]
      : []),
    ...announcedNotes(announced.build, paths.filter(({ list }) => list === 'build').length + cut, 'to be built'),
    ...announcedNotes(announced.fetch, paths.filter(({ list }) => list === 'fetch').length + cut, 'to be fetched'),
    ...(leftOut > 0
      ? [
          `${groupedNumber(leftOut)} store paths that the text names beside its lists are left out. Paste them by themselves to ask about them.`,
        ]
      : []),
  ]
}

function announcedNotes(announced: number | null, found: number, what: string): string[] {
  if (announced === null || announced <= found) return []
  return [`The text announces ${groupedNumber(announced)} paths ${what}, and holds ${groupedNumber(found)} of them.`]
}

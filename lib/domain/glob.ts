/**
 * Does the whole text match the glob? `*` is any run of characters that are not in `barrier` (none unless given), `?`
 * is one such character; all else is literal. Time grows with the product of both lengths at most.
 */
export function matchesGlob(glob: string, text: string, barrier = ''): boolean {
  if (!/[*?]/.test(glob)) return glob === text
  return matchingLengths(glob, text, barrier)[0] === text.length
}

/** The lengths of those beginnings of the text that match the glob, longest first. */
export function matchingLengths(glob: string, text: string, barrier = ''): number[] {
  let ends = [0]
  for (const char of glob) {
    ends = char === '*' ? endsOfRuns(ends, text, barrier) : ends.flatMap((end) => endOfOne(char, text, end, barrier))
    if (ends.length === 0) return []
  }
  return ends.reverse()
}

/** Where runs that start at `starts` (ascending) may end; each place once. */
function endsOfRuns(starts: readonly number[], text: string, barrier: string): number[] {
  const ends: number[] = []
  let next = 0
  for (const start of starts) {
    // A start inside the run of an earlier one adds nothing: both stop at the same barrier.
    if (start < next) continue
    for (next = start; next <= text.length; next += 1) {
      ends.push(next)
      if (barrier.includes(text[next] ?? '\0')) break
    }
    next += 1
  }
  return ends
}

function endOfOne(char: string, text: string, start: number, barrier: string): number | [] {
  if (char !== '?') return text.startsWith(char, start) ? start + char.length : []
  const point = text.codePointAt(start)
  if (point === undefined || barrier.includes(String.fromCodePoint(point))) return []
  return start + (point > 0xffff ? 2 : 1)
}

/** What a commit says it is about, by the convention of nixpkgs: `attribute, other.attribute: what was done`. */
export interface SubjectScope {
  /** Attribute paths as written, such as `python3Packages.torch`; empty where the subject names none. */
  readonly attributes: readonly string[]
  /** `treewide:` and merges of the staging branches: they rebuild what they do not name. */
  readonly isTreewide: boolean
}

const NAMES_MAX = 50
const WORDS_BEFORE = /^(?:(?:\[[^\]]*\]|Revert|Reapply|fixup!|squash!)\s+|"|')+/i
const ATTRIBUTE = /^[A-Za-z_][A-Za-z0-9_+'-]*(?:\.[A-Za-z0-9_+'-]+)*$/
const TREEWIDE = /^tree-?wide$/i
const MERGE_OF_STAGING =
  /^Merge (?:(?:remote-tracking )?branch '(?:origin\/)?|pull request #\d+ from [^/\s]+\/)staging(?:-next|-\d|\b)/i

/** Reads the scope of a subject line; reverts and backports speak of what they undo or carry. */
export function scopeOf(subject: string): SubjectScope {
  if (MERGE_OF_STAGING.test(subject)) return { attributes: [], isTreewide: true }
  const bare = subject.trim().replace(WORDS_BEFORE, '')
  const head = /^(.{1,400}?):(?:\s|$)/.exec(bare)?.[1]
  if (head === undefined) return { attributes: [], isTreewide: false }
  const names = splitNames(head).slice(0, NAMES_MAX)
  const isTreewide = names.some((name) => TREEWIDE.test(name))
  return { attributes: names.filter((name) => ATTRIBUTE.test(name) && !TREEWIDE.test(name)), isTreewide }
}

/** `a.{b,c}, d` names `a.b`, `a.c` and `d`. */
function splitNames(head: string): string[] {
  const parts = head.match(/(?:\{[^{}]*\}|[^,{}])+/g) ?? []
  return parts
    .flatMap(expandBraces)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function expandBraces(part: string): string[] {
  const match = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(part)
  if (match === null) return [part]
  const [, before = '', inside = '', after = ''] = match
  return inside.split(',').map((name) => `${before.trimStart()}${name.trim()}${after.trimEnd()}`)
}

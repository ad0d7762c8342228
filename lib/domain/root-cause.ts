import type { Status } from './status'

export interface FailedDerivation {
  readonly status: Status
  readonly failedDependencies: readonly string[]
}

/**
 * The derivations at which the failure of one begins, through any number of levels, nearest first, then in the order
 * in which the graph names them. A dependency that the graph does not describe is a root; so is a derivation that
 * failed by itself; what succeeded since is none. Never empty: where nothing is a root, as in a cycle, the derivation
 * itself.
 */
export function rootsOf(derivation: string, graph: ReadonlyMap<string, FailedDerivation>): string[] {
  const roots: string[] = []
  const reached = new Set([derivation])
  // A set hands out what is added while it is walked: breadth first, each derivation once.
  for (const path of reached) {
    const dependencies = dependenciesOf(graph.get(path))
    if (dependencies.length === 0 && graph.get(path)?.status !== 'succeeded') roots.push(path)
    for (const dependency of dependencies) reached.add(dependency)
  }
  return roots.length === 0 ? [derivation] : roots
}

function dependenciesOf(node: FailedDerivation | undefined): readonly string[] {
  const isOwnFault = node?.status === 'failed' || node?.status === 'timed-out'
  return node === undefined || isOwnFault ? [] : node.failedDependencies
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

// Hashes and revisions: letters and digits in turns, so that masking digits alone would leave another text each day.
const HASH = /(?<=\bsha(?:256|512)[-:])[A-Za-z0-9+/]{32,}=*|\b(?=[0-9a-z]*[0-9])(?:[0-9a-f]{7,}|[0-9a-z]{32,})\b/g

/** Long enough to tell faults apart; a name of a cause is shown on one line. */
const MESSAGE_MAX = 300

/** The first line of a message that says something, store paths and numbers masked: the same fault reads the same tomorrow. */
export function maskMessage(text: string): string {
  return firstLine(text)
    .replace(/\/nix\/store\/[0-9a-z]{32}-/g, '/nix/store/…-')
    .replace(HASH, '#')
    .replace(/[0-9]+/g, '#')
    .slice(0, MESSAGE_MAX)
    .trimEnd()
}

/** Nix puts a bare `error:` above its trace; what went wrong is then the last line that starts with `error: `. */
function firstLine(text: string): string {
  const lines = text
    .replace(COLOUR, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
  const first = lines.find((line) => line !== '') ?? ''
  if (first !== 'error:') return first
  return (
    lines.findLast((line) => line.startsWith('error: ')) ?? lines.find((line) => line !== '' && line !== first) ?? first
  )
}

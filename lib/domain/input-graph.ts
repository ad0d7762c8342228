import { derivationName, parseDrvName } from './derivation-name'

/** Inputs of derivations by store path, as far as they are known. */
export type InputGraph = ReadonlyMap<string, readonly string[]>

/** An input of something that fails, and how many steps away it is (1: a direct one). */
export interface GraphInput {
  readonly derivation: string
  /** Name without digest and version. */
  readonly name: string
  readonly distance: number
}

/** Every input that is known of a derivation, nearest first, each once. */
export function inputsOf(derivation: string, graph: InputGraph): GraphInput[] {
  const distances = new Map([[derivation, 0]])
  // A map hands out what is added while it is walked: breadth first.
  for (const [path, distance] of distances) {
    for (const input of graph.get(path) ?? []) if (!distances.has(input)) distances.set(input, distance + 1)
  }
  distances.delete(derivation)
  return [...distances].map(([path, distance]) => ({
    derivation: path,
    name: parseDrvName(derivationName(path)).name,
    distance,
  }))
}

/**
 * The inputs of a failing derivation that its last good build did not have, nearest first: those with another hash and
 * those that are new. What is the same in both cannot have broken anything.
 */
export function changedInputs(failing: string, good: string, graph: InputGraph): GraphInput[] {
  const before = new Set(inputsOf(good, graph).map(({ derivation }) => derivation))
  return inputsOf(failing, graph).filter(({ derivation }) => !before.has(derivation))
}

/** What stdenv wrote at the beginning of a phase before 2023, when it did not name the phase itself. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['unpacking sources', 'unpackPhase'],
  ['patching sources', 'patchPhase'],
  ['autoreconfPhase', 'autoreconfPhase'],
  ['configuring', 'configurePhase'],
  ['building', 'buildPhase'],
  ['running tests', 'checkPhase'],
  ['installing', 'installPhase'],
  ['post-installation fixup', 'fixupPhase'],
  ['running install tests', 'installCheckPhase'],
])

const NAMED = /^(?:Running phase: |Executing )?([A-Za-z]\w{0,60}(?:Phase|Hook|Check))$/
const MESSAGE = /^@nix \{.{0,200}"phase":\s?"([^"]{1,80})"/

/** The stdenv phase that begins with this line (a builder's plain line), or null. */
export function phaseOf(line: string): string | null {
  if (line.length > 300) return null
  const named = HEADINGS.get(line) ?? MESSAGE.exec(line)?.[1] ?? NAMED.exec(line)?.[1]
  return named ?? (line.startsWith('Running phase: ') ? line.slice('Running phase: '.length) : null)
}

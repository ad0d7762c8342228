const STORE_PATH = /^\/nix\/store\/([0-9abcdfghijklmnpqrsvwxyz]{32})-([0-9A-Za-z+\-._?=]{1,211})$/

/** The two parts of a full store path, or null when the text is none (contract nix-binary-cache, section 4). */
export function parseStorePath(path: string): { digest: string; name: string } | null {
  const [, digest, name] = STORE_PATH.exec(path) ?? []
  if (digest === undefined || name === undefined) return null
  return /^\.\.?(-|$)/.test(name) ? null : { digest, name }
}

/** The name of a derivation without digest and `.drv`; a text that is no store path stands for itself. */
export function derivationName(path: string): string {
  const name = parseStorePath(path)?.name ?? path
  return name.endsWith('.drv') ? name.slice(0, -'.drv'.length) : name
}

/** Splits a name as Nix's `builtins.parseDrvName` does: the version starts after the first `-` that no letter follows. */
export function parseDrvName(name: string): { name: string; version: string } {
  const at = name.search(/-(?![A-Za-z])./s)
  return at < 0 ? { name, version: '' } : { name: name.slice(0, at), version: name.slice(at + 1) }
}

/** The name of a derivation without its version and its Python: `python3.11-jaxlib-0.4.28` is jaxlib. */
export function bareName(name: string): string {
  return name.replace(/^python\d[\d.]*-/, '').replace(/-\d.*$/, '')
}

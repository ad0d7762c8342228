/** What the parameters in addresses mean. */
export const PATH_PARAMETERS: Readonly<Record<string, { readonly words: string; readonly example: string }>> = {
  package: { words: 'Name of a package, as the matrix has it.', example: 'pytorch' },
  branch: { words: 'Name of a branch, as the configuration has it.', example: 'nixos-unstable' },
  id: { words: 'Id of an evaluation: opaque, and the same for ever.', example: 'kJ3v0eXn5rQ1yA2b' },
  name: {
    words: 'Name of a derivation as in its store path, without `/nix/store/`.',
    example: '0c3z5sp1mwq6v9hs3bz6sdwfk0sgbrci-python3.9-torch-1.11.0.drv',
  },
}

/** The address with an example in place of each parameter. */
export function examplePath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(PATH_PARAMETERS[name]?.example ?? name))
}

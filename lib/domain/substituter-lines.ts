export interface Substituter {
  readonly url: string
  readonly publicKeys: readonly string[]
}

/** The two lines of `nix.conf` that make Nix ask a cache and trust what its keys signed. */
export function substituterLines({ url, publicKeys }: Substituter): string {
  return `extra-substituters = ${url}\nextra-trusted-public-keys = ${publicKeys.join(' ')}`
}

import { cacheSnippets } from './use-cache'
import type { UseFacts, UseGroup } from './use-facts'
import { flakeSnippets } from './use-flake'
import { nixpkgsSnippets } from './use-nixpkgs'

/** Every way of using the caches and what is in them, with the values of one installation and branch. */
export function waysOfUse(facts: UseFacts): UseGroup[] {
  const groups = [
    { id: 'cache', title: 'Download instead of compiling', snippets: cacheSnippets(facts.caches) },
    { id: 'nixpkgs', title: 'Ask for the packages that were built', snippets: nixpkgsSnippets(facts) },
    { id: 'flake', title: 'Or use the flake of the CI', snippets: flakeSnippets(facts) },
  ]
  return groups.filter(({ snippets }) => snippets.length > 0)
}

import 'server-only'
import { execFileSync, spawnSync } from 'node:child_process'

const hasNix = spawnSync('nix-instantiate', ['--version']).status === 0

/** Ends the name of a test that Nix has a part in, so that one sees where it had none. */
export const WITHOUT_NIX = hasNix ? '' : ' (not asked of Nix here: install nix-bin)'

/** What Nix makes of an expression; the expression itself where there is no Nix. Throws when it does not parse. */
export function parsedByNix(expression: string): string {
  if (!hasNix) return expression
  return execFileSync('nix-instantiate', ['--parse', '-'], { input: expression, encoding: 'utf8', stdio: 'pipe' })
}

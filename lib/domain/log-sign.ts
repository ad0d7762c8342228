import {
  CAUSE,
  CONSEQUENCE,
  ERROR,
  KILLED,
  LINKER_WARNING,
  NOISE,
  PLAIN_WARNING,
  REPORT,
  SYMPTOM,
} from './log-patterns'

/**
 * What one line of a build log says about a failure: `cause` names it in words that tools use for nothing else,
 * `error` says that it is an error, `symptom` may be one, `consequence` only tells that something failed before, and
 * `report` is Nix's own word that a build failed.
 */
export const LOG_SIGNS = ['nothing', 'report', 'consequence', 'symptom', 'error', 'cause'] as const
export type LogSign = (typeof LOG_SIGNS)[number]

/** Longer lines are judged by their beginning. */
const JUDGED_MAX = 1_000

/** The sign of a builder's plain line (lib/domain/log-text.ts). */
export function signOf(line: string): LogSign {
  const text = line.length > JUDGED_MAX ? line.slice(0, JUDGED_MAX) : line
  return RULES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'nothing'
}

const RULES: readonly (readonly [LogSign, RegExp])[] = [
  ['cause', LINKER_WARNING],
  ['nothing', NOISE],
  ['nothing', PLAIN_WARNING],
  ['cause', KILLED],
  ['report', REPORT],
  ['consequence', CONSEQUENCE],
  ['cause', CAUSE],
  ['error', ERROR],
  ['symptom', SYMPTOM],
]

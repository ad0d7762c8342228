import { AskedExplanationSchema, type ExplainedPath } from '@/lib/contract/explain'
import { paths } from '@/lib/contract/paths'
import { ask } from './ask'
import type { Command, Tools } from './command'
import { ClientError, EXIT } from './exit'

/** `flakeboard explain`: why store paths are, or are not, in the caches. */
export const explain: Command = {
  usage: `flakeboard explain STORE-PATH…
nixos-rebuild dry-build 2>&1 | flakeboard explain

Why store paths, or those that a dry run names, are or are not in the caches.
Exit code 0: each of them is.`,
  options: {},
  run: async ({ words }, tools) => {
    const body = words.length === 0 ? await tools.readInput() : words.join('\n')
    const { value, text } = await ask(tools, { address: paths.explainJson(), schema: AskedExplanationSchema, body })
    if (value.paths.length === 0) throw new ClientError('There is no store path in that text', EXIT.wrongUse)
    if (tools.isJson) tools.say(text)
    else for (const path of value.paths) tools.say(linesOf(path, tools).join('\n'))
    const { state, left } = value.asking
    const isAsked = left === 0 && (state === 'asked' || state === 'fresh')
    if (!isAsked) tools.tell('Not every cache was asked now: some of this is what they said before.')
    const isAll = value.total === value.paths.length && value.paths.every(({ verdict }) => verdict === 'cached')
    return isAll && isAsked ? EXIT.ready : EXIT.notReady
  },
}

function linesOf({ path, verdict, reason, next }: ExplainedPath, { paint }: Tools): string[] {
  const tone = verdict === 'cached' ? 'good' : 'bad'
  return [
    `${paint(tone, verdict)}  ${paint('bold', path)}`,
    ...[reason, next].filter(Boolean).map((one) => paint('dim', `  ${one}`)),
  ]
}

import { z } from 'zod'
import { paths } from '@/lib/contract/paths'
import { type NoPin, NoPinSchema, type Pin, PinSchema } from '@/lib/contract/pin'
import { ask } from './ask'
import { columns } from './columns'
import type { Command, Tools } from './command'
import { ClientError, EXIT } from './exit'

const AnswerSchema = z.union([
  PinSchema.transform((found) => ({ kind: 'pin' as const, pin: found })),
  NoPinSchema.transform((none) => ({ kind: 'none' as const, none })),
])
const SNIPPETS = ['flake', 'channel', 'npins', 'fetchTarball', 'shell'] as const

/** `flakeboard pin`: the newest revision of nixpkgs on which packages are ready now. */
export const pin: Command = {
  usage: `flakeboard pin --branch BRANCH [PACKAGE…] [--snippet ${SNIPPETS.join('|')}] [--refresh]

The newest evaluated nixpkgs revision on which all packages (the headline packages unless named) are ready now.
--snippet prints a text to paste instead, --refresh lets the dashboard ask the caches anew first.
Exit code 0: there is one, and the checks of the caches are as fresh as configured.`,
  options: { branch: { type: 'string' }, snippet: { type: 'string' }, refresh: { type: 'boolean' } },
  run: async ({ words, texts, switches }, tools) => {
    const { branch } = texts
    if (branch === undefined) throw new ClientError('Name the branch: --branch BRANCH', EXIT.wrongUse)
    const snippet = snippetOf(texts.snippet)
    const { value, text } = await ask(tools, {
      address: paths.pinJson(branch, words),
      schema: AnswerSchema,
      acceptStatus: [404],
      ...(switches.refresh === true && { body: '' }),
    })
    if (tools.isJson) tools.say(text)
    if (value.kind === 'none') return refuse(value.none, tools)
    const { pin: found } = value
    if (!tools.isJson)
      tools.say(snippet === null ? linesOf(found, tools).join('\n') : found.snippets[snippet].trimEnd())
    return found.checks.fresh ? EXIT.ready : EXIT.notReady
  },
}

function snippetOf(word: string | undefined): (typeof SNIPPETS)[number] | null {
  const found = SNIPPETS.find((name) => name === word)
  if (word !== undefined && found === undefined) {
    throw new ClientError(`--snippet is one of ${SNIPPETS.join(', ')}`, EXIT.wrongUse)
  }
  return found ?? null
}

function refuse(none: NoPin, tools: Tools): typeof EXIT.notReady {
  const { paint, say, isJson } = tools
  if (isJson) return EXIT.notReady
  say(paint('bad', none.title))
  for (const line of columns(none.blocked.map(blockOf), paint)) say(line)
  const { best } = none
  if (best !== null) say(`Without ${names(best.without, tools)}: ${paint('bold', best.revision)}`)
  return EXIT.notReady
}

function blockOf({ name, blocks }: NoPin['blocked'][number]) {
  const [newest] = blocks
  const since = newest?.since.at?.slice(0, 10)
  const words = newest === undefined ? '' : `${newest.word}${since === undefined ? '' : ` since ${since}`}`
  return [
    { text: `  ${name}`, tone: null },
    { text: words, tone: 'dim' as const },
  ]
}

function linesOf(value: Pin, tools: Tools): string[] {
  const { paint } = tools
  const { evaluations, days } = value.behind
  const behind = `${evaluations} evaluations${days === null ? '' : `, ${days.toFixed(1)} days`} behind ${value.branchTitle}`
  const checked = value.checks.oldestAt ?? 'never'
  return [
    paint('bold', value.revision),
    paint(
      'dim',
      `${value.date?.slice(0, 10) ?? 'date unknown'}, ${evaluations === 0 ? 'the newest there is' : behind}`,
    ),
    `Ready: ${names(value.packages, tools)}`,
    value.checks.fresh
      ? paint('dim', `caches asked ${checked}`)
      : paint('bad', `caches asked ${checked}: older than configured; --refresh asks them now`),
    value.links.archive,
  ]
}

function names(packages: readonly string[], { paint }: Tools): string {
  return packages.map((name) => paint('bold', name)).join(', ')
}

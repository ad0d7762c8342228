import { text as readText } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { say, tell } from '@/cli/terminal'
import type { Command, Tools, Typed } from './command'
import { diff } from './diff'
import { ClientError, EXIT, type ExitCode } from './exit'
import { explain } from './explain'
import { paintFor } from './paint'
import { pin } from './pin'
import { status } from './status'

const COMMANDS: ReadonlyMap<string, Command> = new Map(Object.entries({ status, diff, pin, explain }))
const COMMON = {
  url: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const
const DEFAULT_URL = 'http://localhost:3000'

const COMMON_USAGE = `Every command takes
  --url ADDRESS   the dashboard to ask; FLAKEBOARD_URL, or ${DEFAULT_URL}, unless given
  --json          the answer as the dashboard gave it
  --help          this text

Exit codes: 0 ready, 1 not ready, 2 wrong use, 3 the dashboard cannot be reached.`

/** Runs the client for terminals and scripts; the exit code tells scripts what became of the question. */
export async function runClient(args: readonly string[], parts: Partial<Surroundings> = {}): Promise<ExitCode> {
  const around = { ...REAL, ...parts }
  try {
    return await runCommand(args, around)
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    around.tell(`${error.message.replace(/[.?]?$/, (end) => end || '.')}`)
    return error.exitCode
  }
}

/** What the client has around it: the process, or a test. */
export interface Surroundings {
  readonly say: (line: string) => void
  readonly tell: (line: string) => void
  readonly readInput: () => Promise<string>
  readonly fetch: typeof fetch
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

const REAL: Surroundings = {
  say,
  tell,
  readInput: () => readText(process.stdin),
  fetch,
  isTerminal: process.stdout.isTTY === true,
  env: process.env,
}

async function runCommand([name = '', ...rest]: readonly string[], around: Surroundings): Promise<ExitCode> {
  const command = COMMANDS.get(name)
  if (command === undefined) {
    if (name !== '--help' && name !== '-h') throw new ClientError(`${wrongName(name)}\n\n${allUsage()}`, EXIT.wrongUse)
    around.say(allUsage())
    return EXIT.ready
  }
  const { typed, url, isHelp } = parse(command, rest)
  if (isHelp) {
    around.say(`${command.usage}\n\n${COMMON_USAGE}`)
    return EXIT.ready
  }
  return command.run(typed, toolsOf(around, { url, isJson: typed.switches.json === true }))
}

function wrongName(name: string): string {
  return name === '' ? 'Name a command' : `There is no command "${name}"`
}

function allUsage(): string {
  return `${[...COMMANDS.values()].map(({ usage }) => usage).join('\n\n')}\n\n${COMMON_USAGE}`
}

function parse({ options, usage }: Command, rest: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...options, ...COMMON },
      allowPositionals: true,
    })
    const given = Object.entries(values)
    const typed: Typed = {
      words: positionals,
      texts: Object.fromEntries(given.filter((one): one is [string, string] => typeof one[1] === 'string')),
      lists: Object.fromEntries(
        given.flatMap(([key, value]) => (Array.isArray(value) ? [[key, value.map(String)]] : [])),
      ),
      switches: Object.fromEntries(given.filter((one): one is [string, boolean] => typeof one[1] === 'boolean')),
    }
    return { typed, url: typed.texts.url, isHelp: typed.switches.help === true }
  } catch (error) {
    throw new ClientError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, EXIT.wrongUse)
  }
}

function toolsOf(around: Surroundings, { url, isJson }: { url: string | undefined; isJson: boolean }): Tools {
  const address = url ?? (around.env.FLAKEBOARD_URL || DEFAULT_URL)
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
    throw new ClientError(`"${address}" is no web address: give one as http://localhost:3000`, EXIT.wrongUse)
  }
  return {
    ...{ fetch: around.fetch, say: around.say, tell: around.tell, readInput: around.readInput, isJson },
    // A dashboard under a path keeps it.
    base: new URL(address.endsWith('/') ? address : `${address}/`),
    paint: paintFor(around),
  }
}

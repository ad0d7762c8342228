import type { ParseArgsConfig } from 'node:util'
import type { ExitCode } from './exit'
import type { Paint } from './paint'

/** What a command works with. */
export interface Tools {
  /** Address of the dashboard. */
  readonly base: URL
  readonly fetch: typeof fetch
  readonly isJson: boolean
  readonly paint: Paint
  readonly say: (line: string) => void
  /** A line beside the answer, for people. */
  readonly tell: (line: string) => void
  /** The whole of standard input. */
  readonly readInput: () => Promise<string>
}

/** What was typed behind the name of a command; every option is a text, a list of texts or a switch. */
export interface Typed {
  readonly words: readonly string[]
  readonly texts: Readonly<Record<string, string | undefined>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly switches: Readonly<Record<string, boolean>>
}

export interface Command {
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Prints the answer. Throws `ClientError`. */
  readonly run: (typed: Typed, tools: Tools) => Promise<ExitCode>
}

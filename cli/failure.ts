import { ConfigError, configFaultLines } from '@/lib/config/faults'
import { EnvError } from '@/lib/env'
import { tell } from './terminal'

/** Why a command cannot do what was asked, in a sentence for whoever typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Runs a command and ends the process with its exit code; a fault that has words is told in them, exit code 1. */
export async function runCommand(command: () => Promise<number>): Promise<never> {
  process.exit(await command().catch(explain))
}

function explain(error: unknown): number {
  for (const line of linesOf(error)) tell(line)
  return 1
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return configFaultLines(error)
  if (error instanceof EnvError) return error.message.split('\n')
  if (error instanceof CommandError) return [error.message]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

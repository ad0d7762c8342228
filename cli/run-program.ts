import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { PROGRAM_ROOT } from './environment'

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>
  /** `pipe`: what it prints is kept back. */
  readonly output: 'inherit' | 'pipe'
}

/** Starts another Node program of ours with this process's environment and what is added to it. */
export function runProgram(args: readonly string[], { env, output }: ProgramOptions): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: PROGRAM_ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', output, output],
  })
}

/** The exit code of a program once it has ended; 128 and the signal's number when a signal ended it. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

/** Hands the signals that end this process on to the child; a second one ends it at once. */
export function forwardSignals(child: ChildProcess): void {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      child.kill(isStopping ? 'SIGKILL' : signal)
      isStopping = true
    })
  }
}

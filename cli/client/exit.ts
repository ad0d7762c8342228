/** What scripts can go by. */
export const EXIT = { ready: 0, notReady: 1, wrongUse: 2, unreachable: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Why there is no answer, in a sentence for whoever asked, and the exit code that says so to scripts. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode) {
    super(message)
    this.exitCode = exitCode
  }
}

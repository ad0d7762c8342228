import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { completeStandalone, nextProgram } from './build'
import { CommandError } from './failure'
import { isPortFree } from './ports'
import { runProgram } from './run-program'

export interface Listen {
  readonly host: string
  readonly port: number
}

/** Starts the built server. Throws when another program has the port. */
export async function startServer({ host, port }: Listen): Promise<ChildProcess> {
  await refuseTakenPort({ host, port })
  // HOSTNAME is Next's name for it, and containers set it to something else.
  const env = { NODE_ENV: 'production', HOSTNAME: host, HOST: host, PORT: String(port) }
  return runProgram([completeStandalone()], { env, output: 'inherit' })
}

/** Starts Next's development server. Throws when another program has the port. */
export async function startDevelopmentServer({ host, port }: Listen): Promise<ChildProcess> {
  await refuseTakenPort({ host, port })
  const env = { NODE_ENV: 'development', HOST: host, PORT: String(port) }
  return runProgram([nextProgram(), 'dev', '--hostname', host, '--port', String(port)], { env, output: 'inherit' })
}

/** Waits until the server answers that it is ready; false when it ended before. */
export async function isServing(child: ChildProcess, { host, port }: Listen): Promise<boolean> {
  const address = `http://${addressable(host)}:${port}/readyz`
  while (child.exitCode === null && child.signalCode === null) {
    const response = await fetch(address).catch(() => null)
    await response?.body?.cancel()
    if (response?.ok) return true
    await wait(200)
  }
  return false
}

/** The host as it stands in an address. */
export function addressable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function refuseTakenPort({ host, port }: Listen): Promise<void> {
  if (await isPortFree(port, host)) return
  throw new CommandError(`Cannot listen on ${host}, port ${port}: it is taken or not ours. Set PORT or HOST.`)
}

import { parseArgs } from 'node:util'
import { config } from '@/lib/config/config'
import { build, isBuilt } from './build'
import { prepareEnvironment } from './environment'
import { runCommand } from './failure'
import { exitCodeOf, forwardSignals } from './run-program'
import { type Listen, startDevelopmentServer, startServer } from './server'
import { say, tell } from './terminal'

const USAGE = 'Usage: npm start (production) or npm run dev (development). Neither takes arguments.'

async function main(): Promise<number> {
  const mode = readMode(process.argv.slice(2))
  if (mode === null) {
    tell(USAGE)
    return 2
  }
  const { HOST, PORT } = prepareEnvironment()
  // Checked before anything is built or spawned: a fault is told in a second, not after a minute.
  config()
  return serve(mode, { host: HOST, port: PORT })
}

async function serve(mode: 'production' | 'development', listen: Listen): Promise<number> {
  if (mode === 'production' && !isBuilt()) {
    say('The build is missing or older than the sources: building.')
    await build('inherit')
  }
  const child = mode === 'production' ? await startServer(listen) : await startDevelopmentServer(listen)
  forwardSignals(child)
  return exitCodeOf(child)
}

function readMode(args: string[]): 'production' | 'development' | null {
  try {
    const { values } = parseArgs({ args, options: { dev: { type: 'boolean', default: false } } })
    return values.dev ? 'development' : 'production'
  } catch {
    return null
  }
}

await runCommand(main)

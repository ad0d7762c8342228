import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { PROGRAM_ROOT } from './environment'
import { CommandError } from './failure'
import { exitCodeOf, runProgram } from './run-program'
import { tell } from './terminal'

const SOURCES = [
  'app',
  'components',
  'lib',
  'prisma',
  'instrumentation.ts',
  'next.config.mjs',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
]
const STANDALONE = '.next/standalone'

/** Is there a production build that is newer than everything it is made of? */
export function isBuilt(root = PROGRAM_ROOT): boolean {
  const mark = join(root, '.next/BUILD_ID')
  if (!existsSync(mark) || !existsSync(join(root, STANDALONE, 'server.js'))) return false
  const builtMs = statSync(mark).mtimeMs
  return SOURCES.every((source) => newestMs(join(root, source)) <= builtMs)
}

/** Makes the production build. Throws `CommandError`, having told what the build said, when it fails. */
export async function build(output: 'inherit' | 'pipe'): Promise<void> {
  const startedAt = new Date()
  for (const args of [['cli/generate.mjs'], [nextProgram(), 'build']]) {
    const child = runProgram(args, { env: { NODE_ENV: 'production' }, output })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk))
    if ((await exitCodeOf(child)) === 0) continue
    tell(Buffer.concat(said).toString('utf8').trimEnd())
    throw new CommandError('The build failed; the lines above tell why.')
  }
  // What was edited while the build ran is newer than it.
  utimesSync(join(PROGRAM_ROOT, '.next/BUILD_ID'), startedAt, startedAt)
}

/** Puts beside the standalone server what Next leaves out of it, and returns the path of the server. */
export function completeStandalone(root = PROGRAM_ROOT): string {
  const target = join(root, STANDALONE)
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(target, 'public'), { recursive: true })
  cpSync(join(root, '.next/static'), join(target, '.next/static'), { recursive: true })
  // Next copies .env files into the build; the starter hands the environment over itself, and secrets do not linger.
  for (const name of readdirSync(target)) if (name.startsWith('.env')) rmSync(join(target, name))
  return join(target, 'server.js')
}

export function nextProgram(): string {
  return join(PROGRAM_ROOT, 'node_modules/next/dist/bin/next')
}

// Folders count too: one that lost a file is newer than the build that had it.
function newestMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))))
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const INSTALL = 'apt-get update && apt-get install -y postgresql'

/** A PostgreSQL server of our own: loopback only, nothing synced to disk, gone with `stop()`. */
export type PostgresServer = { url: string; stop: () => Promise<void> }

/** Starts a server on a free port. Throws with the line that installs it when there is none. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'flakeboard-postgres-'))
  const owner = ownerCommand()
  if (process.getuid?.() === 0) runAs([], '/bin/chown', ['postgres', folder])
  const data = join(folder, 'data')
  // ICU's English order, as on most servers: a query that leans on the order of the database fails here.
  const locale = ['--locale-provider=icu', '--icu-locale=en-US', '--locale=C.UTF-8', '--encoding=UTF8']
  runAs(owner, 'initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', ...locale])

  const port = await freePort()
  const child = spawnAs(owner, 'postgres', ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...SETTINGS])
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const abandon = () => {
    child.kill('SIGQUIT')
    remove()
  }
  process.once('exit', abandon)
  await ready(child)
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', abandon)
      await stopped(child)
      remove()
    },
  }
}

const SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_connections=500',
  'unix_socket_directories=',
].flatMap((setting) => ['-c', setting])

// The server refuses to run as root. With setpriv (Debian has it) it ends with us, however we end.
function ownerCommand(): string[] {
  if (!existsSync('/usr/bin/setpriv')) return []
  const isRoot = process.getuid?.() === 0
  const credentials = isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
  return ['/usr/bin/setpriv', ...credentials, '--pdeathsig=INT']
}

function runAs(owner: readonly string[], program: string, args: readonly string[]): void {
  const [command = '', ...rest] = [...owner, binary(program), ...args]
  try {
    execFileSync(command, rest, { cwd: '/', stdio: 'pipe' })
  } catch (cause) {
    throw new Error(`PostgreSQL could not be prepared (${program}). To install it: ${INSTALL}`, { cause })
  }
}

function spawnAs(owner: readonly string[], program: string, args: readonly string[]): ChildProcess {
  const [command = '', ...rest] = [...owner, binary(program), ...args]
  return spawn(command, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
}

// Debian keeps the server's programs out of the PATH, one folder per version.
function binary(program: string): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const paths = versions.map((version) => join(root, version, 'bin', program))
  return paths.find((path) => existsSync(path)) ?? program
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (log.length < 10_000) log += chunk.toString()
      if (log.includes('ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log}`)))
  })
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    // Immediate shutdown: nothing in there is to be kept.
    child.kill('SIGQUIT')
  })
}

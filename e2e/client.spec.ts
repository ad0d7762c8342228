import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { MatrixSchema } from '@/lib/contract/matrix'
import { PinSchema } from '@/lib/contract/pin'
import { expect, test } from './test'

const CLIENT = fileURLToPath(new URL('../cli/flakeboard.mjs', import.meta.url))

interface Ended {
  readonly exit: number
  readonly out: string
  readonly told: string
}

/** Runs the client from a folder that is not the project's, as whoever has installed it does. */
function client(url: string, args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: tmpdir(), env: { NODE_ENV: 'production' as const, FLAKEBOARD_URL: url } }
    const child = execFile(process.execPath, [CLIENT, ...args], options, (error, out, told) => {
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, out, told })
    })
    child.stdin?.end(input)
  })
}

test('status agrees with the matrix, for people, for programs and by its exit code', async ({ dashboard, request }) => {
  const matrix = MatrixSchema.parse(await (await request.get('/api/v1/matrix?package=blender&package=pytorch')).json())
  for (const { name, cells } of matrix.packages) {
    for (const branch of matrix.branches) {
      const isReady = branch.freshness === 'fresh' && cells[branch.name]?.ready === true
      const { exit, out, told } = await client(dashboard.url, ['status', name, '--branch', branch.name])
      expect([exit, told], `${name} on ${branch.name}`).toEqual([isReady ? 0 : 1, ''])
      expect(out).toContain(branch.title)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no colours where nobody looks
      expect(out).not.toMatch(/\u001b/)
    }
  }
  const { out } = await client(dashboard.url, ['status', 'pytorch', '--json'])
  expect(MatrixSchema.parse(JSON.parse(out)).packages.map(({ name }) => name)).toEqual(['pytorch'])
})

test('a slip of the keyboard is told apart from a package that is not ready', async ({ dashboard }) => {
  const { exit, out, told } = await client(dashboard.url, ['status', 'pytorhc'])
  expect([exit, out]).toEqual([2, ''])
  expect(told).toContain('There is no package "pytorhc"')
  expect(await client(dashboard.url, ['status', 'torch'])).toMatchObject({
    exit: 2,
    told: expect.stringMatching(/Did you mean .*torch/),
  })
})

test('diff tells what fails anew by its exit code', async ({ dashboard, request }) => {
  for (const branch of ['master', 'nixos-unstable']) {
    const { summary } = await (await request.get(`/api/v1/diff?branch=${branch}`)).json()
    const { exit, out } = await client(dashboard.url, ['diff', '--branch', branch])
    expect(exit).toBe(summary['newly-failing'] > 0 ? 1 : 0)
    expect(out).toContain(`${branch} #`)
  }
})

test('pin prints the revision, or a text to paste', async ({ dashboard }) => {
  const asked = ['pin', 'blender', '--branch', 'nixpkgs-unstable']
  const json = await client(dashboard.url, [...asked, '--json'])
  const pin = PinSchema.parse(JSON.parse(json.out))
  expect((await client(dashboard.url, asked)).out.split('\n')[0]).toBe(pin.revision)
  const { exit, out } = await client(dashboard.url, [...asked, '--snippet', 'flake'])
  expect([exit, out]).toEqual([pin.checks.fresh ? 0 : 1, pin.snippets.flake])
})

test('explain reads a dry run that is piped into it', async ({ dashboard, request }) => {
  const query = 'package=blender&branch=nixpkgs-unstable'
  const matrix = MatrixSchema.parse(await (await request.get(`/api/v1/matrix?${query}`)).json())
  const path = matrix.packages[0]?.cells['nixpkgs-unstable']?.outputs?.[0]?.path ?? 'none'
  const { exit, out } = await client(dashboard.url, ['explain'], `this path will be fetched:\n  ${path}\n`)
  expect(out).toContain(path)
  expect(exit).toBe(out.startsWith('cached') ? 0 : 1)
  expect((await client(dashboard.url, ['explain'], 'nothing to see')).exit).toBe(2)
})

test('nobody at the address is 3', async () => {
  const { exit, told } = await client('http://127.0.0.1:2/', ['status'])
  expect(exit).toBe(3)
  expect(told).toContain('No answer from http://127.0.0.1:2/')
})

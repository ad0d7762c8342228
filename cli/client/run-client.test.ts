import { describe, expect, it } from 'vitest'
import { STATUSES } from '@/lib/domain/status'
import { client, TIME } from './testing/asked-client'

const counts = Object.fromEntries(STATUSES.filter((word) => word !== 'absent').map((word) => [word, 0]))

function branch(name: string, more: object = {}) {
  return {
    ...{ name, title: name, freshness: 'fresh', staleReasons: [], evaluation: null, evaluationError: null },
    ...{ running: null, upstream: null, counts, ready: 0, packages: 1, note: null },
    unready: { untrusted: 0, unreachable: 0, unchecked: 0, evicted: 0, missing: 0 },
    ...more,
  }
}

function cell(more: object = {}) {
  return {
    ...{ status: 'succeeded', ready: true, mayFail: false, presence: 'cached', attribute: 'torch', system: null },
    ...{ variant: null, derivation: null, version: '1.11.0', rootCauses: [], since: null, lastGood: null },
    ...{ lastReady: null, undecidedSince: null, changed: false, flapping: false, url: null, from: null },
    ...more,
  }
}

function matrix(
  cells: Record<string, object>,
  branches = [branch('master'), branch('release', { title: 'nixos-26.05' })],
) {
  const packages = [{ name: 'pytorch', headline: true, version: '1.11.0', cells }]
  return { body: { generatedAt: TIME, total: 1, systems: [], variants: [], next: null, branches, packages } }
}

describe('flakeboard status', () => {
  it('is 0 when all that was asked for is ready, and says so', async () => {
    const { exit, out, asked } = await client(['status', 'pytorch'], {
      answer: matrix({ master: cell(), release: cell() }),
    })
    expect(exit).toBe(0)
    expect(out.split('\n')).toEqual(['pytorch  master       ready  1.11.0', 'pytorch  nixos-26.05  ready  1.11.0'])
    expect(asked).toEqual(['GET http://localhost:3000/api/v1/matrix?package=pytorch&view=compact&limit=500'])
  })

  it.each([
    [
      'one branch is not ready',
      { master: cell(), release: cell({ ready: false, presence: 'evicted' }) },
      'built, evicted',
    ],
    ['one branch was never evaluated', { master: cell() }, 'never evaluated'],
    [
      'it is blocked',
      {
        master: cell({
          ready: false,
          status: 'dependency-failed',
          rootCauses: [{ derivation: null, name: 'magma-2.6.2', status: 'failed' }],
        }),
      },
      'blocked by magma',
    ],
  ])('is 1 when %s', async (_, cells, word) => {
    const { exit, out } = await client(['status', 'pytorch'], { answer: matrix(cells) })
    expect([exit, out.includes(word)]).toEqual([1, true])
  })

  it('is never 0 on a stale branch, and tells why', async () => {
    const stale = branch('master', { freshness: 'stale', staleReasons: ['The newest evaluation is 5 days old.'] })
    const { exit, out } = await client(['status'], { answer: matrix({ master: cell() }, [stale]) })
    expect(exit).toBe(1)
    expect(out).toContain('was ready')
    expect(out).toContain('stale: The newest evaluation is 5 days old')
  })

  it('is 1 while nothing is known at all', async () => {
    const nothing = { body: { ...matrix({}).body, packages: [], total: 0 } }
    expect(await client(['status'], { answer: nothing })).toMatchObject({
      exit: 1,
      out: expect.stringContaining('No package is known yet'),
    })
  })

  it('takes a branch by its name or by what it follows, and names those there are for any other', async () => {
    const answer = matrix({ master: cell({ ready: false }), release: cell() })
    expect((await client(['status', '--branch', 'nixos-26.05'], { answer })).exit).toBe(0)
    expect((await client(['status', '--branch', 'release'], { answer })).exit).toBe(0)
    const wrong = await client(['status', '--branch', 'nixos-99'], { answer })
    expect(wrong).toMatchObject({ exit: 2, out: '', told: 'There is no branch "nixos-99". There are master, release.' })
  })

  it('prints the answer untouched as JSON', async () => {
    const answer = matrix({ master: cell(), release: cell() })
    const { out } = await client(['status', '--json'], { answer })
    expect(JSON.parse(out)).toEqual(answer.body)
  })

  it('lets no name move the cursor of a terminal, and colours on terminals alone', async () => {
    const hostile = matrix({ master: cell({ version: '\u001b[2J1\r\n2' }) }, [branch('master')])
    const plain = await client(['status'], { answer: hostile })
    expect(plain.out).toContain('ready   [2J1 2')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
    expect(plain.out).not.toMatch(/[\u0000-\u0009\u001b]/)
    const coloured = await client(['status'], { answer: hostile, isTerminal: true })
    expect(coloured.out).toContain('\u001b[32mready')
    expect(coloured.out).not.toContain('\u001b[2J')
    const asked = await client(['status'], { answer: hostile, isTerminal: true, env: { NO_COLOR: '1' } })
    expect(asked.out).toBe(plain.out)
  })
})

describe('flakeboard', () => {
  it.each([
    ['no command', [], 'Name a command'],
    ['an unknown command', ['statsu'], 'There is no command "statsu"'],
    ['an unknown option', ['status', '--brnach', 'x'], '--brnach'],
    ['no branch to pin', ['pin'], '--branch'],
    ['an unknown snippet', ['pin', '--branch', 'master', '--snippet', 'x'], '--snippet is one of'],
    ['both ways of a diff', ['diff', '--branch', 'x', '--to', 'y'], '--from and --to'],
    ['an address that is none', ['status', '--url', 'localhost'], 'no web address'],
  ])('calls %s wrong use, 2, and asks nobody', async (_, args, words) => {
    const { exit, told, asked } = await client(args)
    expect([exit, asked]).toEqual([2, []])
    expect(told).toContain(words)
  })

  it.each([
    ['nobody answers', new Error('connect ECONNREFUSED'), 'connect ECONNREFUSED'],
    ['it answers 500', { status: 500, body: 'oops' }, 'HTTP 500'],
    [
      'it answers 429',
      { status: 429, body: { type: 'about:blank', title: 'Too many requests; try again in 9 s', status: 429 } },
      'try again in 9 s',
    ],
    ['it is something else', { body: '<html>' }, 'is it a Flakeboard'],
  ])('is 3 when %s', async (_, answer, words) => {
    const { exit, told, out } = await client(['status'], { answer })
    expect([exit, out]).toEqual([3, ''])
    expect(told).toContain(words)
  })

  it('is 2 when the dashboard refuses the question, with its reason', async () => {
    const answer = { status: 404, body: { type: 'about:blank', title: 'There is no such evaluation', status: 404 } }
    expect(await client(['diff', '--to', 'x'], { answer })).toMatchObject({
      exit: 2,
      told: 'There is no such evaluation.',
    })
  })

  it('asks the address that is given, else that of the environment, and keeps a path in it', async () => {
    const env = { FLAKEBOARD_URL: 'https://cuda.example/board' }
    expect((await client(['diff', '--branch', 'a b'], { env })).asked).toEqual([
      'GET https://cuda.example/board/api/v1/diff?branch=a+b',
    ])
    const given = await client(['diff', '--branch', 'x', '--url', 'http://other:1/'], { env })
    expect(given.asked).toEqual(['GET http://other:1/api/v1/diff?branch=x'])
  })

  it('helps', async () => {
    const { exit, out } = await client(['--help'])
    expect(exit).toBe(0)
    for (const command of ['status', 'diff', 'pin', 'explain']) expect(out).toContain(`flakeboard ${command}`)
    expect((await client(['pin', '--help'])).out).toContain('--refresh')
  })
})

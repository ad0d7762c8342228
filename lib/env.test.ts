import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENV_NAMES, EnvError, parseEnv } from './env'

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseEnv(variables)
  } catch (error) {
    if (error instanceof EnvError) return error.faults
    throw error
  }
  return []
}

describe('parseEnv', () => {
  it('needs nothing to be set', () => {
    expect(parseEnv({})).toEqual({
      DATABASE_URL: 'file:./data/flakeboard.db',
      HOST: '127.0.0.1',
      PORT: 3000,
      FLAKEBOARD_CONFIG: 'flakeboard.config.json',
      TRUST_PROXY: [],
      RATE_LIMIT_PER_MINUTE: 240,
      LOG_LEVEL: 'info',
    })
  })

  it('counts an empty variable as unset', () => {
    const empty = Object.fromEntries(ENV_NAMES.map((name) => [name, ' ']))
    expect(parseEnv(empty)).toEqual(parseEnv({}))
  })

  it('reads what is set and drops what is not ours', () => {
    const env = parseEnv({
      PORT: '8080',
      FLAKEBOARD_URL: 'https://flakes.example.org/',
      TRUST_PROXY: '10.0.0.0/8, ::1',
      GITHUB_TOKEN: 'abc',
      HOME: '/root',
    })
    expect(env).toMatchObject({
      PORT: 8080,
      FLAKEBOARD_URL: 'https://flakes.example.org',
      TRUST_PROXY: ['10.0.0.0/8', '::1'],
      GITHUB_TOKEN: 'abc',
    })
    expect(env).not.toHaveProperty('HOME')
  })

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@host/db'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['HOST', 'http://localhost'],
    ['FLAKEBOARD_URL', 'flakes.example.org'],
    ['FLAKEBOARD_URL', 'https://user:hunter2@flakes.example.org'],
    ['FLAKEBOARD_URL', 'https://flakes.example.org/sub/path'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one line that does not repeat the value', (name, value) => {
    const faults = faultsOf({ [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name}: expected `))
    expect(faults[0]).not.toContain('hunter2')
  })

  it('tells every fault at once', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'x' })).toHaveLength(2)
  })
})

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n')
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, value }]
  })

  it('has every variable once, with a sentence above it', () => {
    expect(pairs.map(({ name }) => name)).toEqual(ENV_NAMES)
    for (const { name } of pairs) {
      expect(lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1]).toMatch(/^# .+\.$/)
    }
  })

  it('changes nothing when it is taken as it is', () => {
    expect(parseEnv(Object.fromEntries(pairs.map(({ name, value }) => [name, value])))).toEqual(parseEnv({}))
  })
})

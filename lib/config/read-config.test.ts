import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { configHash, publicUrl } from './config'
import { ConfigError, configFaultLines } from './faults'
import { readConfig } from './read-config'

const folder = mkdtempSync(join(tmpdir(), 'flakeboard-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

function errorOf(path: string): ConfigError | null {
  try {
    readConfig(path)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  return null
}

function faultsOfText(text: string): readonly string[] {
  const path = join(folder, 'config.json')
  writeFileSync(path, text)
  return errorOf(path)?.faults ?? []
}

const MINIMAL =
  '{"sources":[{"id":"a","kind":"hercules-ci","account":"b","project":"c"}],"branches":[{"name":"master"}]}'

describe('readConfig', () => {
  it('reads a file, with or without a byte order mark', () => {
    expect(faultsOfText(MINIMAL)).toEqual([])
    expect(faultsOfText(`\uFEFF${MINIMAL}`)).toEqual([])
  })

  it('says that a file is missing, and that a folder is none', () => {
    expect(errorOf(join(folder, 'none.json'))?.faults).toEqual([
      'the file: expected a file that can be read, found none (FLAKEBOARD_CONFIG may name another one)',
    ])
    expect(errorOf(folder)?.faults).toEqual(['the file: expected a file that can be read, found a folder'])
  })

  it.each([
    ['', 'line 1, column 1: expected a value, found the end of the file'],
    ['{\n  "title": "x"\n  "demo": true\n}', 'line 3, column 3: expected a comma, found "\\""'],
    ['{\n  title: 1 }', 'line 2, column 3: expected a value, or a key in double quotes, found "t"'],
    ['{ "demo": true, }', 'line 1, column 17: expected a key in double quotes, found "}"'],
    ['{ // why\n}', 'line 1, column 3: expected no comments (the file is plain JSON), found "/"'],
    ['{ "demo": true', 'line 1, column 15: expected a closing brace, found the end of the file'],
    ['<html>', 'line 1, column 1: expected a value, or a key in double quotes, found "<"'],
  ])('tells line and column of what is no JSON: %j', (text, fault) => {
    expect(faultsOfText(text)).toEqual([fault])
  })

  it('refuses a key that stands twice, where JSON would drop the first', () => {
    expect(faultsOfText('{"sources": [{"id": "a", "id": "b"}], "demo": true, "demo": false}')).toEqual([
      'sources[0].id: expected each key once, found it again',
      'demo: expected each key once, found it again',
    ])
  })

  it('names the file and the number of faults for the terminal', () => {
    const path = join(folder, 'none.json')
    const error = errorOf(path)
    expect(error && configFaultLines(error)).toEqual([
      `${path}: one fault`,
      '  the file: expected a file that can be read, found none (FLAKEBOARD_CONFIG may name another one)',
    ])
  })
})

describe('the files that ship', () => {
  const examples = readdirSync('examples').filter((name) => name.endsWith('.json'))

  it('are all looked at', () => {
    expect(examples).toHaveLength(5)
  })

  it.each([
    'flakeboard.config.json',
    ...examples.filter((name) => !name.includes('hydra')).map((name) => `examples/${name}`),
  ])('%s can be used, watches the four headline packages on four branches', (path) => {
    const config = readConfig(path)
    expect(config.packages.filter((one) => one.headline).map((one) => one.name)).toEqual([
      'pytorch',
      'tensorflow',
      'jax',
      'blender',
    ])
    expect(config.branches.map((branch) => branch.name)).toEqual([
      'master',
      'nixos-unstable',
      'nixpkgs-unstable',
      'release',
    ])
    expect(config.demo).toBe(false)
  })

  it('refuse hydra with that one fault', () => {
    expect(errorOf('examples/nixos-cuda-hydra.json')?.faults).toEqual([
      'sources[0].kind: hydra sources are not supported by this version, expected "hercules-ci", found "hydra"',
    ])
  })
})

describe('configHash', () => {
  it('stays for the same file and changes with any value', () => {
    const config = readConfig('flakeboard.config.json')
    expect(configHash(config)).toBe(configHash(readConfig('flakeboard.config.json')))
    expect(configHash({ ...config, staleAfterHours: 47 })).not.toBe(configHash(config))
  })
})

describe('publicUrl', () => {
  it('is the configured address, or that of this machine', () => {
    expect(publicUrl({ PORT: 8080 })).toBe('http://localhost:8080')
    expect(publicUrl({ PORT: 8080, FLAKEBOARD_URL: 'https://flakes.example.org' })).toBe('https://flakes.example.org')
  })
})

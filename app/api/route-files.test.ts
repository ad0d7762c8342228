import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OPERATIONS } from '@/lib/contract/openapi/operations'

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).map((path) => `app/${path}`)
// app/api/[...rest] is whatever address is not there.
const routes = files.filter((path) => /\/route\.ts$/.test(path) && !path.startsWith('app/api/[...'))
const names: readonly string[] = OPERATIONS.map(({ on }) => on)

/** `GET /api/v1/packages/{package}` for each handler in a file. */
function handlersIn(path: string): string[] {
  if (path.includes('[...')) return namesUnder(path.slice('app'.length).replace(/\[+\.\.\..*$/, ''))
  const address = path.slice('app'.length, -'/route.ts'.length).replace(/\[([^\]]+)\]/g, '{$1}')
  const methods = readFileSync(path, 'utf8').matchAll(/^export (?:async function|function|const) ([A-Z]+)\b/gm)
  return [...methods].map((match) => `${match[1]} ${address}`)
}

/** A file that answers everything in a folder has all the names there. */
function namesUnder(folder: string): string[] {
  return names.filter((name) => name.startsWith(`GET ${folder}`))
}

describe('The description of the API', () => {
  it('has every handler there is, and no other', () => {
    expect(routes.flatMap(handlersIn).toSorted()).toEqual(names.toSorted())
  })
})

describe('Every handler', () => {
  it.each(routes)('of %s goes through answering() under its own name', (path) => {
    const text = readFileSync(path, 'utf8')
    const wrapped = handlersIn(path).filter((name) =>
      new RegExp(`answering\\(\\s*'${name.replace(/[{}.]/g, '\\$&')}'`).test(text),
    )
    expect(wrapped).toEqual(path.includes('[...') ? [expect.any(String)] : handlersIn(path))
  })
})

describe('Every test of a route', () => {
  const tests = files.filter((path) => /^app\/api\/.*\.test\.ts$/.test(path) && path !== 'app/api/route-files.test.ts')

  it.each(tests)('in %s holds what it is answered against the description', (path) => {
    expect(readFileSync(path, 'utf8')).toContain('checkAnswer(')
  })
})

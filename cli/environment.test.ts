import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sqlitePathOf } from '@/lib/db/sqlite-adapter'
import { parseEnv } from '@/lib/env'
import { absolutePaths } from './environment'

function paths(variables: Record<string, string>) {
  const { DATABASE_URL, FLAKEBOARD_CONFIG } = absolutePaths(parseEnv(variables))
  return { DATABASE_URL, FLAKEBOARD_CONFIG }
}

describe('absolutePaths', () => {
  it('counts relative paths from the folder that the command was called in', () => {
    expect(paths({})).toEqual({
      DATABASE_URL: pathToFileURL(resolve('data/flakeboard.db')).href,
      FLAKEBOARD_CONFIG: resolve('flakeboard.config.json'),
    })
  })

  it.each(['file:./a b/c%20d.db', 'file:/tmp/x.db', 'file:///tmp/x.db', 'file:data/50%25.db'])(
    'names with %s the same file as before',
    (url) => {
      expect(sqlitePathOf(paths({ DATABASE_URL: url }).DATABASE_URL)).toBe(sqlitePathOf(url))
    },
  )

  it('leaves the address of a server alone', () => {
    const url = 'postgresql://flakeboard@db.example/flakeboard'
    expect(paths({ DATABASE_URL: url }).DATABASE_URL).toBe(url)
  })

  it.each(['file:./.next/data.db', 'file:/srv/app/.next/standalone/data/x.db', 'file:data/../.next/x.db'])(
    'refuses %s, which a build would delete',
    (url) => {
      expect(() => paths({ DATABASE_URL: url })).toThrow('.next')
    },
  )
})

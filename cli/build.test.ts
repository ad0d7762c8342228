import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { completeStandalone, isBuilt } from './build'

const early = new Date('2026-11-23T12:00:00Z')
const built = new Date('2026-11-23T12:30:00Z')
const late = new Date('2026-11-23T13:00:00Z')

/** A program whose sources are older than its build. */
function program() {
  const root = mkdtempSync(join(tmpdir(), 'flakeboard-build-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const put = (path: string, at: Date) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), path)
    utimesSync(join(root, path), at, at)
  }
  put('app/page.tsx', early)
  put('lib/domain/status.ts', early)
  put('.next/BUILD_ID', built)
  put('.next/standalone/server.js', built)
  put('.next/static/chunk.js', built)
  for (const folder of ['app', 'lib/domain', 'lib']) utimesSync(join(root, folder), early, early)
  return { root, put, touch: (path: string) => utimesSync(join(root, path), late, late) }
}

describe('isBuilt', () => {
  it('is true while no source is newer than the build', () => {
    expect(isBuilt(program().root)).toBe(true)
  })

  it.each(['app/page.tsx', 'lib/domain/status.ts', 'lib/domain'])('is false after a change of %s', (path) => {
    const { root, touch } = program()
    touch(path)
    expect(isBuilt(root)).toBe(false)
  })

  it('is false without a build, or with half of one', () => {
    for (const missing of ['.next/BUILD_ID', '.next/standalone/server.js']) {
      const { root } = program()
      rmSync(join(root, missing))
      expect(isBuilt(root)).toBe(false)
    }
  })

  it('does not build again for a test', () => {
    const { root, put } = program()
    put('app/page.test.tsx', late)
    utimesSync(join(root, 'app'), early, early)
    expect(isBuilt(root)).toBe(true)
  })
})

describe('completeStandalone', () => {
  it('adds the static files and takes away copied environment files', () => {
    const { root, put } = program()
    put('public/flakeboard.schema.json', early)
    put('.next/standalone/.env', built)
    completeStandalone(root)

    expect(existsSync(join(root, '.next/standalone/.next/static/chunk.js'))).toBe(true)
    expect(existsSync(join(root, '.next/standalone/public/flakeboard.schema.json'))).toBe(true)
    expect(existsSync(join(root, '.next/standalone/.env'))).toBe(false)
  })
})

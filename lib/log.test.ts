import { describe, expect, it } from 'vitest'
import { createLog } from './log'

function logged(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = []
  write(createLog({ write: (line) => lines.push(line) }))
  return lines
}

describe('log', () => {
  it('writes one JSON line per event, with its level in words and its time in ISO 8601', () => {
    const [line = '', ...rest] = logged((log) => log.warn({ source: 'a' }, 'two\nlines'))
    expect(rest).toEqual([])
    expect(line.trim()).not.toContain('\n')
    const event: unknown = JSON.parse(line)
    expect(event).toMatchObject({ level: 'warn', source: 'a', msg: 'two\nlines' })
    expect(event).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/))
  })

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.debug('nothing'))).toEqual([])
  })

  it('hides fields that are named like secrets, at any depth', () => {
    const secrets = {
      token: 'hunter2',
      env: { GITHUB_TOKEN: 'hunter2', FLAKEBOARD_ADMIN_TOKEN: 'hunter2' },
      requests: [{ headers: { Authorization: 'hunter2', 'set-cookie': 'hunter2' } }],
    }
    expect(logged((log) => log.info(secrets, 'x')).join('')).not.toContain('hunter2')
  })

  it.each([
    'refused: Authorization: Bearer hunter2',
    'cannot connect to postgresql://me:hunter2@host/db',
    'GET https://host/x?token=hunter2&y=1',
  ])('hides secrets in messages and errors: %s', (text) => {
    const lines = logged((log) => log.error({ err: new Error(text) }, text))
    expect(lines.join('')).not.toContain('hunter2')
    expect(lines.join('')).toContain('[hidden]')
  })

  it('keeps plain fields, names of variables and null as they are', () => {
    const [line = ''] = logged((log) => log.info({ tokenEnv: 'MATRIX_TOKEN', token: null, count: 3, at: [1, 2] }, 'x'))
    expect(JSON.parse(line)).toMatchObject({ tokenEnv: 'MATRIX_TOKEN', token: null, count: 3, at: [1, 2] })
  })

  it('survives a field that holds itself', () => {
    const loop: Record<string, unknown> = { name: 'loop' }
    loop.self = loop
    expect(logged((log) => log.info({ loop }, 'x'))).toHaveLength(1)
  })
})

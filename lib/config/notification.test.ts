import { describe, expect, it } from 'vitest'
import { ConfigError } from './faults'
import { parseConfig } from './parse-config'
import { withSecrets } from './secrets'

const minimal = {
  sources: [{ id: 'ci', kind: 'hercules-ci', account: 'a', project: 'p' }],
  branches: [{ name: 'master' }],
}
const webhook = { id: 'hook', kind: 'webhook', url: 'https://hooks.example.org/in?a=1', secretEnv: 'HOOK_SECRET' }
const matrix = {
  id: 'room',
  kind: 'matrix',
  homeserver: 'https://matrix.example.org',
  room: '#cuda:example.org',
  tokenEnv: 'MATRIX_TOKEN',
}
const email = {
  id: 'mail',
  kind: 'email',
  smtp: { host: 'mail.example.org' },
  userEnv: 'SMTP_USER',
  passwordEnv: 'SMTP_PASSWORD',
  from: 'flakeboard@example.org',
  to: ['ada@example.org'],
}
const issues = { id: 'issues', kind: 'github-issues', owner: 'o', name: 'n', tokenEnv: 'ISSUES_TOKEN' }

function parse(...notifications: unknown[]) {
  return parseConfig({ ...minimal, notifications })
}

function faultsOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('Receivers of notifications', () => {
  it('are told of everything unless they say otherwise, and open issues only when enabled', () => {
    const filters = {
      branches: ['*'],
      packages: ['*'],
      kinds: ['broke', 'fixed', 'evicted', 'stale', 'recovered'],
    }
    expect(parse(webhook, matrix, email, issues).notifications).toEqual([
      { ...webhook, ...filters, enabled: true },
      { ...matrix, ...filters, enabled: true },
      { ...email, ...filters, enabled: true, smtp: { host: 'mail.example.org', secure: 'starttls', port: 587 } },
      { ...issues, ...filters, enabled: false, api: 'https://api.github.com', labels: [] },
    ])
  })

  it.each<[string, unknown, RegExp]>([
    ['a kind that there is not', { ...webhook, kind: 'slack' }, /^notifications\[0\]\.kind: expected "webhook" or/],
    ['an unknown key', { ...webhook, secretenv: 'X' }, /^notifications\[0\]: expected "secretEnv", found the unknown/],
    ['the secret itself', { ...matrix, tokenEnv: 'hunter2' }, /tokenEnv: expected the name of an environment variable/],
    ['an address with a password', { ...webhook, url: 'https://me:hunter2@host' }, /url: expected an http or https/],
    ['a room by its name', { ...matrix, room: 'cuda' }, /room: expected the id \(!…\) or an alias/],
    ['a change that there is not', { ...email, kinds: ['burnt'] }, /kinds\[0\]: expected "broke" or "fixed" or/],
    [
      'a recipient with a header',
      { ...email, to: ['a@example.org\r\nBcc: b@example.org'] },
      /to\[0\]: expected an e-m/,
    ],
    ['half of a login', { ...email, userEnv: undefined }, /\.userEnv: expected userEnv and passwordEnv together/],
    [
      'a password over a plain connection',
      { ...email, smtp: { host: 'mail.example.org', secure: 'none' } },
      /smtp\.secure: expected "tls" or "starttls", as a password is sent/,
    ],
  ])('are refused with %s, in one line that repeats no secret', (_, receiver, fault) => {
    const faults = faultsOf(() => parse(receiver))
    expect(faults).toEqual([expect.stringMatching(fault)])
    expect(faults.join('')).not.toContain('hunter2')
  })

  it('have ids of their own', () => {
    expect(faultsOf(() => parse(webhook, { ...matrix, id: 'hook' }))).toEqual([
      'notifications[1].id: expected an id of its own, found "hook", which notifications[0] has already',
    ])
  })
})

describe('The secrets of receivers', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

  it('must be in the environment, each told by the name of its variable', () => {
    expect(faultsOf(() => withSecrets(parse(webhook, matrix, email), () => undefined))).toEqual([
      'notifications[0].secretEnv: expected the environment variable HOOK_SECRET to be set, found nothing in it',
      'notifications[1].tokenEnv: expected the environment variable MATRIX_TOKEN to be set, found nothing in it',
      'notifications[2].userEnv: expected the environment variable SMTP_USER to be set, found nothing in it',
      'notifications[2].passwordEnv: expected the environment variable SMTP_PASSWORD to be set, found nothing in it',
    ])
  })

  it('of what is not enabled are not asked for', () => {
    expect(faultsOf(() => withSecrets(parse(issues, { ...webhook, enabled: false }), () => undefined))).toEqual([])
  })

  it.each(['hunter2hunter2hunter2hunter2hunter2', 'whsec_aGk='])(
    'that sign webhooks are keys of the specification, unlike %s, which is not repeated',
    (value) => {
      const faults = faultsOf(() => withSecrets(parse(webhook), () => value))
      expect(faults).toEqual([expect.stringMatching(/^notifications\[0\]\.secretEnv: expected whsec_ and 24 to 64 b/)])
      expect(faults.join('')).not.toContain(value)
    },
  )

  it('leave the configuration as it is once they are there', () => {
    const config = parse(webhook, matrix)
    expect(withSecrets(config, () => secret)).toBe(config)
  })
})

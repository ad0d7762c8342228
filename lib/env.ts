import 'server-only'
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'

// The messages complete the sentence "expected …". Values are never told: most of them may hold a secret.
const secret = z.string().optional()

const EnvSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(?:file:.|postgres(?:ql)?:\/\/.)/, 'file:PATH for SQLite or postgresql://… for PostgreSQL')
    .default('file:./data/flakeboard.db'),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, 'an address or host name to listen on')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, { error: 'a port from 1 to 65535' })
    .default(3000),
  FLAKEBOARD_CONFIG: z.string().default('flakeboard.config.json'),
  FLAKEBOARD_URL: z
    .string()
    .refine(isOrigin, { error: 'an http or https address without path, user name and password' })
    .transform((text) => new URL(text).origin)
    .optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isNetwork), {
      error: 'addresses or networks such as 10.0.0.0/8, separated by commas',
    })
    .default([]),
  RATE_LIMIT_PER_MINUTE: z
    .string()
    .regex(/^\d{1,6}$/, 'a whole number, 0 for no limit')
    .transform(Number)
    .default(240),
  FLAKEBOARD_ADMIN_TOKEN: secret,
  HERCULES_CI_TOKEN: secret,
  CACHIX_AUTH_TOKEN: secret,
  GITHUB_TOKEN: secret,
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
})

export type Env = z.infer<typeof EnvSchema>

/** The name of every variable that is read, in the order of `.env.example`. */
export const ENV_NAMES: readonly string[] = Object.keys(EnvSchema.shape)

/** Why the environment cannot be used: one readable line per variable. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The environment cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

let cached: Env | undefined

/** The environment of this process, read once. Throws `EnvError`. */
export function env(): Env {
  cached ??= parseEnv(process.env)
  return cached
}

/** The value of a variable that the configuration names, such as a token; undefined when it is unset or empty. */
export function secretOf(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === '' ? undefined : value
}

/** The variables that are ours, parsed; an empty one counts as unset. Throws `EnvError` with every fault. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = EnvSchema.safeParse(Object.fromEntries(set))
  if (parsed.success) return parsed.data
  throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: expected ${issue.message}`))
}

/** Adds the variables of a `.env` file, if there is one, to those of the process; what is set already wins. Call it before `env()`. */
export function loadEnvFile(path: string): void {
  if (existsSync(path)) process.loadEnvFile(path)
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === 'http:' || url.protocol === 'https:') && [url.origin, `${url.origin}/`].includes(url.href)
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

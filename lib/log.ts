import 'server-only'
import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from 'pino'

const SECRET_NAME = /(?:token|secret|password|passphrase|credential|authorization|cookie|api_?key)s?$/i
const DEPTH_MAX = 6

const OPTIONS: LoggerOptions = {
  level: 'info',
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: {
    level: (label) => ({ level: label }),
    log: (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, hide(key, value, 0)])),
  },
  // Messages of errors come from anywhere, so the finished line is searched too.
  hooks: { streamWrite: hideInText },
}

/** One JSON line per event to stderr. Written at once, so that the last words of a dying process are not lost. */
export const log: Logger = createLog(destination({ fd: 2, sync: true }))

/** Called at start-up with the level that the environment asks for. */
export function setLogLevel(level: string): void {
  log.level = level
}

/** Logs an error of ours that ended a request. `path` has no query: what people type there is theirs. */
export function logRequestError(
  error: unknown,
  request: { digest: unknown; method: string; path: string; route: string },
): void {
  log.error({ err: error, ...request }, 'request failed')
}

/** A logger like `log` that writes elsewhere. */
export function createLog(stream: DestinationStream): Logger {
  return pino(OPTIONS, stream)
}

function hide(key: string, value: unknown, depth: number): unknown {
  if (SECRET_NAME.test(key) && value !== null && value !== undefined) return '[hidden]'
  if (Array.isArray(value)) return depth < DEPTH_MAX ? value.map((item) => hide('', item, depth + 1)) : '[deep]'
  if (!isPlainObject(value)) return value
  if (depth >= DEPTH_MAX) return '[deep]'
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hide(name, inner, depth + 1)]))
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function hideInText(line: string): string {
  return line
    .replace(/\b(Bearer|Basic) [\w.~+/=-]+/gi, '$1 [hidden]')
    .replace(/(:\/\/)[^\s/@"\\]+@/g, '$1[hidden]@')
    .replace(/([?&](?:access_)?token=)[^&\s"\\]+/gi, '$1[hidden]')
}

import 'server-only'
import { z } from 'zod'
import { nearest } from './nearest'

/** An object that refuses unknown keys. The message has one line per key, `key: expected …`, with the nearest known one. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => toHint(key, known)).join('\n') : undefined,
  })
}

function toHint(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  const expected = near === null ? `one of ${known.filter((name) => name !== '$schema').join(', ')}` : `"${near}"`
  return `expected ${expected}, found the unknown key ${JSON.stringify(key)}`
}

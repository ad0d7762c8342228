import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configJsonSchema } from './json-schema'

const NodeSchema = z.looseObject({
  description: z.string().optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.looseObject({})).optional(),
})

/** Paths of the properties below a schema that have no description, constants aside. */
function undescribed(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => undescribed(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const properties = NodeSchema.parse(value).properties ?? {}
  const here = Object.entries(properties).flatMap(([key, node]) => {
    const { description, const: constant } = NodeSchema.parse(node)
    return description === undefined && constant === undefined ? [`${path}.${key}`] : []
  })
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => undescribed(inner, `${path}.${key}`))]
}

describe('the JSON Schema of the configuration', () => {
  it('in public/ is the one that the program makes (node --conditions=react-server --import tsx cli/write-config-schema.ts)', () => {
    expect(readFileSync('public/flakeboard.schema.json', 'utf8')).toBe(configJsonSchema())
  })

  it('describes every key', () => {
    expect(undescribed(JSON.parse(configJsonSchema()), '')).toEqual([])
  })

  it.each([
    'flakeboard.config.json',
    ...readdirSync('examples').flatMap((name) => (name.endsWith('.json') ? `examples/${name}` : [])),
  ])('is where %s says', (path) => {
    const { $schema } = z.looseObject({ $schema: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8')))
    expect(resolve(dirname(path), $schema)).toBe(resolve('public/flakeboard.schema.json'))
    expect(existsSync(resolve(dirname(path), $schema))).toBe(true)
  })
})

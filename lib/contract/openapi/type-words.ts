import type { oas31 } from 'zod-openapi'

export type Schema = oas31.SchemaObject | oas31.ReferenceObject

/** A type in words, in pieces: texts, and names of described types. */
export type TypeWords = readonly (string | { readonly ref: string })[]

/** One key of an object; keys of objects within it follow, one step deeper. */
export interface Line {
  readonly depth: number
  readonly name: string
  readonly type: TypeWords
  readonly words: string | null
  readonly isOptional: boolean
}

/** A type as it is read: `Status[]`, `string | null`, `{ [name]: Cell }`. */
export function typeWords(schema: Schema): TypeWords {
  if (schema.$ref !== undefined) return [{ ref: nameOf(schema.$ref) }]
  if (!('type' in schema) && !('anyOf' in schema) && !('oneOf' in schema) && !('enum' in schema)) return ['anything']
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return joined(choices.map(typeWords))
  if (schema.enum !== undefined) return joined(schema.enum.map((word: unknown) => [JSON.stringify(word)]))
  if (schema.const !== undefined) return [JSON.stringify(schema.const)]
  if (Array.isArray(schema.type)) return joined(schema.type.map((type) => typeWords({ ...schema, type })))
  return plainWords(schema)
}

function plainWords(schema: oas31.SchemaObject): TypeWords {
  if (schema.type === 'array') return listWords(schema.items)
  if (schema.type === 'object') return objectWords(schema)
  return [schema.format ?? String(schema.type)]
}

function listWords(items: Schema | undefined): TypeWords {
  const inner = items === undefined ? ['anything'] : typeWords(items)
  return inner.length > 1 ? ['(', ...inner, ')[]'] : [...inner, '[]']
}

function objectWords({ properties, additionalProperties }: oas31.SchemaObject): TypeWords {
  if (properties !== undefined || typeof additionalProperties !== 'object') return ['object']
  return ['{ [name]: ', ...typeWords(additionalProperties), ' }']
}

/** The keys of an object, in order, and of the objects that stand within it without a name of their own. */
export function linesOf(schema: Schema, depth = 0): Line[] {
  const object = innerObject(schema)
  if (object === null) return []
  return Object.entries(object.properties ?? {}).flatMap(([name, part]) => [
    {
      depth,
      name,
      type: typeWords(part),
      words: part.description ?? null,
      isOptional: !(object.required ?? []).includes(name),
    },
    ...linesOf(part, depth + 1),
  ])
}

/** The one object without a name within lists, choices and maps, or null. */
function innerObject(schema: Schema): oas31.SchemaObject | null {
  if (schema.$ref !== undefined || !isSchema(schema)) return null
  if (schema.properties !== undefined) return schema
  const within = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  for (const part of within) {
    const found = typeof part === 'object' ? innerObject(part) : null
    if (found !== null) return found
  }
  return null
}

function isSchema(schema: Schema): schema is oas31.SchemaObject {
  return schema.$ref === undefined
}

/** `Matrix` of `#/components/schemas/Matrix`. */
export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

function joined(types: readonly TypeWords[]): TypeWords {
  return types.flatMap((type, index) => (index === 0 ? type : [' | ', ...type]))
}

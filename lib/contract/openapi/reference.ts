import type { oas31 } from 'zod-openapi'
import type { OpenApiDocument } from './document'
import { type Line, linesOf, type Schema, type TypeWords, typeWords } from './type-words'

export interface ApiParameter {
  readonly name: string
  readonly where: string
  readonly type: TypeWords
  readonly isRequired: boolean
  readonly byDefault: string | null
  readonly words: string
}

export interface ApiAnswer {
  readonly status: string
  readonly words: string
  readonly media: string | null
  readonly type: TypeWords | null
}

export interface ApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly words: string | null
  readonly isForAdmins: boolean
  readonly isLimited: boolean
  readonly parameters: readonly ApiParameter[]
  /** Fields of the body. */
  readonly body: readonly Line[]
  readonly answers: readonly ApiAnswer[]
  /** Keys of the answer to the request that succeeds. */
  readonly keys: readonly Line[]
  /** A line for a shell. */
  readonly example: string
}

export interface ApiGroup {
  readonly name: string
  readonly words: string
  readonly operations: readonly ApiOperation[]
}

export interface ApiReference {
  readonly words: readonly string[]
  readonly groups: readonly ApiGroup[]
  readonly schemas: readonly { readonly name: string; readonly type: TypeWords; readonly lines: readonly Line[] }[]
}

/** The OpenAPI document as a person reads it. Groups without an operation are left out. */
export function toReference(document: OpenApiDocument): ApiReference {
  const schemas = document.components?.schemas ?? {}
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, { get, post }]) => [
    ...(get === undefined ? [] : [{ method: 'GET', path, object: get }]),
    ...(post === undefined ? [] : [{ method: 'POST', path, object: post }]),
  ])
  const url = document.servers?.[0]?.url ?? ''
  const groups = (document.tags ?? []).map(({ name, description = '' }) => ({
    name,
    words: description,
    operations: operations
      .filter(({ object }) => object.tags?.includes(name))
      .map((operation) => toOperation(operation, { url, schemas })),
  }))
  return {
    words: (document.info.description ?? '').split('\n\n'),
    groups: groups.filter((group) => group.operations.length > 0),
    schemas: Object.entries(schemas)
      .map(([name, schema]) => ({ name, type: typeWords(schema), lines: linesOf(schema) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

interface Found {
  readonly method: string
  readonly path: string
  readonly object: oas31.OperationObject
}
interface Context {
  readonly url: string
  readonly schemas: Readonly<Record<string, Schema>>
}

function toOperation({ method, path, object }: Found, { url, schemas }: Context): ApiOperation {
  const parameters = (object.parameters ?? []).flatMap((one) => ('name' in one ? [one] : []))
  const answers = Object.entries(object.responses ?? {}).map(([status, response]) => toAnswer(status, response))
  const body = bodyOf(object)
  const [succeeded] = answers.flatMap(({ status, type }) => (status.startsWith('2') ? (type ?? []) : []))
  return {
    id: object.operationId ?? path,
    method,
    path,
    summary: object.summary ?? '',
    words: object.description ?? null,
    isForAdmins: (object.security ?? []).length > 0,
    isLimited: answers.some(({ status }) => status === '429'),
    parameters: parameters.map(toParameter),
    body: body?.schema === undefined ? [] : linesOf(named(body.schema, schemas)),
    answers,
    keys: typeof succeeded === 'object' ? linesOf(schemas[succeeded.ref] ?? {}) : [],
    example: exampleOf({ method, object, address: url + addressOf(path, parameters) }),
  }
}

function toParameter({ name, in: where, schema = {}, required, description }: oas31.ParameterObject): ApiParameter {
  const byDefault: unknown = 'default' in schema ? schema.default : undefined
  const isTold = byDefault !== undefined && !(Array.isArray(byDefault) && byDefault.length === 0) && byDefault !== ''
  return {
    name,
    where,
    type: typeWords(schema),
    isRequired: required ?? false,
    byDefault: isTold ? String(byDefault) : null,
    words: description ?? '',
  }
}

function toAnswer(status: string, response: oas31.ResponseObject): ApiAnswer {
  const [content] = Object.entries(response.content ?? {})
  const isJson = content !== undefined && /json$/.test(content[0])
  return {
    status,
    words: response.description,
    media: content?.[0] ?? null,
    type: isJson && content[1].schema !== undefined ? typeWords(content[1].schema) : null,
  }
}

function bodyOf({ requestBody }: oas31.OperationObject): oas31.MediaTypeObject | undefined {
  return requestBody !== undefined && 'content' in requestBody ? requestBody.content['application/json'] : undefined
}

function named(schema: Schema, schemas: Context['schemas']): Schema {
  return schema.$ref === undefined ? schema : (schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] ?? {})
}

/** The address with the examples of its parameters. */
function addressOf(path: string, parameters: readonly oas31.ParameterObject[]): string {
  const query = new URLSearchParams()
  let address = path
  for (const { name, in: where, example } of parameters) {
    const values: unknown[] = example === undefined ? [] : [example].flat()
    if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(String(values[0] ?? name)))
    else for (const value of values) query.append(name, String(value))
  }
  return query.size === 0 ? address : `${address}?${query}`
}

function exampleOf({ method, object, address }: { method: string; object: oas31.OperationObject; address: string }) {
  const example: unknown = bodyOf(object)?.example
  const parts = [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`}`,
    ...((object.security ?? []).length > 0 ? ['-H "Authorization: Bearer $FLAKEBOARD_ADMIN_TOKEN"'] : []),
    ...(example === undefined ? [] : [`-d '${JSON.stringify(example)}'`]),
    `'${address}'`,
  ]
  return parts.join(' ')
}

import { z } from 'zod'
import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiOverride } from 'zod-openapi'
import { ProblemSchema } from '@/lib/contract/problem'
import { HEADERS, NAMED_SCHEMAS, PROBLEM_WORDS } from './components'
import { type Answer, type Operation, partsOf, pathParametersOf, problemsOf, TAGS } from './operation'
import { OPERATIONS } from './operations'
import { PATH_PARAMETERS } from './path-parameters'

export type OpenApiDocument = oas31.OpenAPIObject

const DESCRIPTION = `Every page has a JSON twin from the same read. Times are ISO 8601 in UTC. Errors are \`application/problem+json\` (RFC 9457), and their titles tell what to do. Keys may be added to answers, and are never renamed.

Answers carry an ETag: ask again with \`If-None-Match\` and get 304 while nothing has changed. Lists are read on with the \`next\` of the answer before: a sync in between neither skips nor doubles what was there all along.`

/** The API in OpenAPI 3.1, made from the very schemas that parse queries and type answers. */
export function openApiDocument({ title, url }: { title: string; url: string }): OpenApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const operation of OPERATIONS) {
    const { method, path } = partsOf(operation)
    paths[path] = { ...paths[path], [method.toLowerCase()]: toOperationObject(operation) }
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: `${title} API`,
        version: '1',
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths,
      components: {
        schemas: NAMED_SCHEMAS,
        headers: HEADERS,
        securitySchemes: {
          adminToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'What FLAKEBOARD_ADMIN_TOKEN holds on the server.',
          },
        },
      },
    },
    { override: plainer },
  )
}

function toOperationObject(operation: Operation): ZodOpenApiOperationObject {
  const { method, path } = partsOf(operation)
  const { tag, summary, description, query, body } = operation
  return {
    operationId: operationIdOf(method, path),
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    requestParams: {
      path: pathSchema(path),
      ...(query !== undefined && { query: asSent(query, new URLSearchParams(operation.example)) }),
    },
    ...(body !== undefined && { requestBody: toBody(body, operation.exampleBody) }),
    responses: { ...toAnswers(operation), ...toProblems(operation) },
    // An empty list says that nobody need sign in.
    security: operation.isForAdmins ? [{ adminToken: [] }] : [],
  }
}

/** `GET /api/v1/packages/{package}/suspects` is `getPackagesPackageSuspects`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replace(/^\/api\/v1/, '').match(/[A-Za-z0-9]+/g) ?? []
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
}

function pathSchema(path: string): z.ZodObject {
  const described = pathParametersOf(path).map((name) => {
    const { words, example } = PATH_PARAMETERS[name] ?? { words: name, example: name }
    return [name, z.string().min(1).meta({ description: words, param: { example } })] as const
  })
  return z.object(Object.fromEntries(described))
}

function toBody(schema: z.ZodType, example: Operation['exampleBody']) {
  return { content: { 'application/json': { schema, ...(example !== undefined && { example }) } } }
}

/** The parameters as somebody sends them. Null stands for one that is left out: nobody can send it. */
function asSent(query: z.ZodObject, examples: URLSearchParams): z.ZodObject {
  const parts = Object.entries(query.shape).map(([name, part]) => {
    const sent = isNullByDefault(part) ? part.unwrap().unwrap().optional() : part
    const example = exampleOf(sent, examples.getAll(name))
    const { description } = part
    return [
      name,
      sent.meta({
        ...(description !== undefined && { description }),
        ...(example !== undefined && { param: { example } }),
      }),
    ] as const
  })
  return z.object(Object.fromEntries(parts))
}

function isNullByDefault(part: unknown): part is z.ZodDefault<z.ZodNullable<z.ZodType>> {
  return part instanceof z.ZodDefault && part.unwrap() instanceof z.ZodNullable
}

/** The texts of a query in the type that the parameter has. */
function exampleOf(part: z.ZodType, texts: readonly string[]): unknown {
  const [text] = texts
  if (text === undefined || part.safeParse(texts).success) return text === undefined ? undefined : texts
  return part.safeParse(text).success ? text : Number(text)
}

function toAnswers(operation: Operation) {
  const { method } = partsOf(operation)
  const answers = Object.entries(operation.answers).map(([status, answer]) => [status, toAnswer(operation, answer)])
  const notModified = { description: 'Nothing has changed since the ETag that was sent.', headers: ref('ETag') }
  return { ...Object.fromEntries(answers), ...(method === 'GET' && isTagged(operation) && { 304: notModified }) }
}

function toAnswer(operation: Operation, { words, schema, media = 'application/json' }: Answer) {
  const { method } = partsOf(operation)
  const headers = {
    ...(method === 'GET' && isTagged(operation) && ref('ETag')),
    ...(operation.isLimited && ref('RateLimit', 'RateLimit-Policy')),
  }
  const isEmpty = schema === undefined && media === 'application/json'
  const content = isEmpty
    ? {}
    : { content: { [media]: schema === undefined ? { schema: { type: 'string' as const } } : { schema } } }
  return { description: words, headers, ...content }
}

function toProblems(operation: Operation) {
  const problems = problemsOf(operation).map((status) => [
    status,
    {
      description: PROBLEM_WORDS[status] ?? '',
      headers: status === 429 ? ref('Retry-After', 'RateLimit', 'RateLimit-Policy') : {},
      content: { 'application/problem+json': { schema: ProblemSchema } },
    },
  ])
  return Object.fromEntries(problems)
}

/** Answers that tell the state of this moment have no tag. */
function isTagged({ tag, on }: Operation): boolean {
  return tag !== 'Operation' || on.includes('/api/')
}

function ref(...names: (keyof typeof HEADERS)[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

/**
 * Leaves out what a reader would stumble over: calendars as regular expressions, the bounds of the machine's numbers, and
 * that answers never have another key, which would break every client once there is one.
 */
const plainer: ZodOpenApiOverride = ({ jsonSchema, io }) => {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

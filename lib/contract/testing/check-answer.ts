import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApiDocument } from '@/lib/contract/openapi/document'
import { partsOf } from '@/lib/contract/openapi/operation'
import { type OperationName, operationOf } from '@/lib/contract/openapi/operations'

const DOCUMENT = 'https://flakeboard.test/openapi.json'
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': UTC, date: true, uri: true } })
const document = openApiDocument({ title: 'Test', url: DOCUMENT })
// Clients must bear keys to come; a test must not bear keys that the description does not have.
const copy: unknown = JSON.parse(JSON.stringify(document))
ajv.addSchema(isObject(copy) ? closedObject(copy) : {}, DOCUMENT)

const validators = new Map<string, ValidateFunction>()

/**
 * The same answer, after it was held against the description of the API: a status that the operation has, its media
 * type, and a body without a key too many or too few. Throws with everything that is wrong.
 */
export async function checkAnswer<R extends CheckedResponse>(name: OperationName, answer: R): Promise<R> {
  const faults = await faultsOf(name, answer.clone?.() ?? answer)
  if (faults.length > 0) throw new Error(`${name} answered what it does not promise:\n${faults.join('\n')}`)
  return answer
}

/** What is looked at of an answer, be it one of a handler or one of a server. */
export interface CheckedResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
  clone?(): CheckedResponse
}

async function faultsOf(name: OperationName, answer: CheckedResponse): Promise<string[]> {
  const responses: object = responsesOf(name)
  const key = String(answer.status)
  if (!(key in responses)) return [`status ${key}; promised are ${Object.keys(responses).join(', ')}`]
  const media = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const body = await answer.text()
  const content = contentOf(responses, key)
  if (content === null) return body === '' ? [] : [`a body with ${key}`]
  if (!(media in content)) return [`${media || 'no media type'}; promised is ${Object.keys(content).join(', ')}`]
  if (!/json$/.test(media)) return []
  return schemaFaults(name, { status: key, media, body })
}

function schemaFaults(name: OperationName, { status, media, body }: { status: string; media: string; body: string }) {
  const { method, path } = partsOf(operationOf(name))
  const steps = ['paths', path, method.toLowerCase(), 'responses', status, 'content', media, 'schema']
  const address = `${DOCUMENT}#/${steps.map((step) => encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`
  const validate = validators.get(address) ?? ajv.compile({ $ref: address })
  validators.set(address, validate)
  if (validate(JSON.parse(body))) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

function responsesOf(name: OperationName): object {
  const { method, path } = partsOf(operationOf(name))
  const item = document.paths?.[path]
  return (method === 'GET' ? item?.get : item?.post)?.responses ?? {}
}

function contentOf(responses: object, status: string): object | null {
  const response: unknown = new Map(Object.entries(responses)).get(status)
  return isObject(response) && isObject(response.content) ? response.content : null
}

/** The same description with every object of known keys closed. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed)
  return isObject(part) ? closedObject(part) : part
}

function closedObject(part: Record<string, unknown>): Record<string, unknown> {
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]))
  const isOpen = part.type === 'object' && 'properties' in part && !('additionalProperties' in part)
  return isOpen ? { ...inner, additionalProperties: false } : inner
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

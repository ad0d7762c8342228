import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { AMBIGUOUS_NAMES } from './components'
import { openApiDocument } from './document'
import { partsOf, pathParametersOf } from './operation'
import { OPERATIONS } from './operations'
import { PATH_PARAMETERS } from './path-parameters'

const document = openApiDocument({ title: 'Flakeboard', url: 'https://flakes.example.org' })
const parameterOf = (path: string, name: string) =>
  document.paths?.[path]?.get?.parameters?.find((one) => 'name' in one && one.name === name)

describe('openApiDocument', () => {
  it('is valid OpenAPI 3.1 for a validator that knows nothing of us', async () => {
    const validator = new Validator()
    // A copy, as clients get it.
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('tells the parameters that the routes themselves parse, with their bounds and defaults', () => {
    expect(parameterOf('/api/v1/matrix', 'limit')).toMatchObject({
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: 5000, default: 500 },
    })
    expect(parameterOf('/api/v1/matrix', 'status')).toMatchObject({ schema: { type: 'array' } })
    expect(parameterOf('/api/v1/packages/{package}/suspects', 'branch')).toMatchObject({ required: true })
  })

  it('never offers null for a parameter, which nobody could send', () => {
    expect(parameterOf('/api/v1/matrix', 'ready')).toMatchObject({ schema: { type: 'boolean' } })
    expect(JSON.stringify(parameterOf('/api/v1/diff', 'from'))).not.toContain('null')
  })

  it('describes every parameter', () => {
    const all = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      [item.get, item.post].flatMap((one) => (one?.parameters ?? []).map((parameter) => ({ path, parameter }))),
    )
    const silent = all.filter(({ parameter }) => !('description' in parameter) || !parameter.description)
    expect(silent.map(({ path, parameter }) => `${path} ${'name' in parameter ? parameter.name : ''}`)).toEqual([])
    for (const path of Object.keys(document.paths ?? {})) {
      for (const name of pathParametersOf(path)) expect(PATH_PARAMETERS).toHaveProperty([name])
    }
  })

  it('has one name for each type, and lets keys be added to answers', () => {
    expect(AMBIGUOUS_NAMES).toEqual([])
    const names = Object.keys(document.components?.schemas ?? {})
    expect(names).toEqual(expect.arrayContaining(['Matrix', 'Cell', 'Problem']))
    expect(names.filter((name) => ['CellOutput', 'EvaluationOutput'].includes(name) || name.startsWith('__'))).toEqual(
      [],
    )
    expect(document.components?.schemas?.Cell).not.toHaveProperty('additionalProperties')
  })

  it('names its server by the public address and asks for the token where it is needed alone', () => {
    expect(document.servers).toEqual([{ url: 'https://flakes.example.org' }])
    const guarded = Object.entries(document.paths ?? {}).filter(([, { post }]) => (post?.security?.length ?? 0) > 0)
    expect(guarded.map(([path]) => path)).toEqual(['/api/v1/sync'])
  })

  it('gives every operation an id of its own', () => {
    const ids = Object.values(document.paths ?? {}).flatMap(({ get, post }) => [get?.operationId, post?.operationId])
    const given = ids.filter((id) => id !== undefined)
    expect(new Set(given).size).toBe(given.length)
    expect(given).toHaveLength(OPERATIONS.length)
  })

  it('tells of every error as a problem', () => {
    for (const operation of OPERATIONS) {
      const { method, path } = partsOf(operation)
      const item = document.paths?.[path]
      const responses: [string, unknown][] = Object.entries(
        (method === 'GET' ? item?.get : item?.post)?.responses ?? {},
      )
      const errors = responses.filter(([status]) => Number(status) >= 400)
      expect(errors.length, operation.on).toBeGreaterThan(0)
      for (const [, error] of errors) expect(error).toHaveProperty(['content', 'application/problem+json'])
    }
  })
})

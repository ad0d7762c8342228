import { describe, expect, it } from 'vitest'
import { openApiDocument } from './document'
import { OPERATIONS } from './operations'
import { toReference } from './reference'
import { linesOf, typeWords } from './type-words'

const reference = toReference(openApiDocument({ title: 'Flakeboard', url: 'https://flakes.example.org' }))
const operations = reference.groups.flatMap((group) => group.operations)
const named = (name: string) => operations.find(({ method, path }) => `${method} ${path}` === name)

describe('toReference', () => {
  it('shows every operation once, in a group', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      OPERATIONS.map(({ on }) => on).toSorted(),
    )
  })

  it('tells type, default and meaning of a parameter', () => {
    const limit = named('GET /api/v1/matrix')?.parameters.find(({ name }) => name === 'limit')
    expect(limit).toEqual({
      name: 'limit',
      where: 'query',
      type: ['integer'],
      isRequired: false,
      byDefault: '500',
      words: 'Packages at most.',
    })
  })

  it('gives a line for a shell, with the token where it is needed', () => {
    expect(named('GET /api/v1/matrix')?.example).toBe(
      "curl -s 'https://flakes.example.org/api/v1/matrix?package=pytorch&view=compact'",
    )
    expect(named('POST /api/v1/sync')?.example).toBe(
      `curl -s -X POST -H "Authorization: Bearer $FLAKEBOARD_ADMIN_TOKEN" -d '{"full":true}' 'https://flakes.example.org/api/v1/sync'`,
    )
    expect(named('GET /api/v1/packages/{package}')?.example).toContain('/api/v1/packages/pytorch')
  })

  it('tells the keys of what succeeds, and the types of errors', () => {
    const matrix = named('GET /api/v1/matrix')
    expect(matrix?.keys.map(({ name }) => name)).toContain('generatedAt')
    expect(matrix?.keys.find(({ name }) => name === 'packages')?.type).toEqual([{ ref: 'MatrixPackage' }, '[]'])
    expect(matrix?.answers.find(({ status }) => status === '400')).toMatchObject({
      media: 'application/problem+json',
      type: [{ ref: 'Problem' }],
    })
  })

  it('leads to no type that is not described', () => {
    const types = [
      ...operations.flatMap(({ answers, parameters, keys }) => [...answers, ...parameters, ...keys]),
      ...reference.schemas.flatMap(({ lines }) => lines),
    ].flatMap(({ type }) => type ?? [])
    const names = new Set(reference.schemas.map(({ name }) => name))
    for (const piece of types) if (typeof piece === 'object') expect(names).toContain(piece.ref)
  })
})

describe('typeWords', () => {
  it.each([
    [{ type: 'string' as const }, 'string'],
    [{ type: ['boolean' as const, 'null' as const] }, 'boolean | null'],
    [{ type: 'array' as const, items: { $ref: '#/components/schemas/Cell' } }, '<Cell>[]'],
    [{ type: 'array' as const, items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
    [{ type: 'object' as const, additionalProperties: { $ref: '#/x/Cell' } }, '{ [name]: <Cell> }'],
    [{ type: 'string' as const, format: 'date-time' }, 'date-time'],
    [{ anyOf: [{ $ref: '#/x/A' }, { type: 'null' as const }] }, '<A> | null'],
    [{}, 'anything'],
  ])('of %j are %s', (schema, words) => {
    expect(
      typeWords(schema)
        .map((piece) => (typeof piece === 'string' ? piece : `<${piece.ref}>`))
        .join(''),
    ).toBe(words)
  })
})

describe('linesOf', () => {
  it('goes into objects that have no name, one step deeper', () => {
    const inner = { type: 'object' as const, properties: { b: { type: 'string' as const } }, required: ['b'] }
    const outer = { type: 'object' as const, properties: { a: { type: 'array' as const, items: inner } } }
    expect(linesOf(outer).map(({ depth, name, isOptional }) => [depth, name, isOptional])).toEqual([
      [0, 'a', true],
      [1, 'b', false],
    ])
  })
})

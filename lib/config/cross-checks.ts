import 'server-only'
import { z } from 'zod'
import { pathText } from './faults'
import { nearest } from './nearest'

// Lenient on purpose: a fault elsewhere in the file must not hide these, so what does not parse is skipped.
const name = z.string().nullable().catch(null)
const nameByKey = z.record(z.string(), z.unknown()).catch({})
const texts = z.array(z.string().catch('')).catch([])
const named = z.looseObject({ id: name, name, publicKeys: texts }).catch({ id: null, name: null, publicKeys: [] })
const source = z
  .looseObject({
    id: name,
    kind: name,
    branches: nameByKey,
    jobsets: nameByKey,
    branchFrom: name,
    attributes: texts,
  })
  .catch({ id: null, kind: null, branches: {}, jobsets: {}, branchFrom: null, attributes: [] })
const smtp = z.looseObject({ host: name, secure: name }).catch({ host: null, secure: null })
const receiver = z
  .looseObject({ id: name, kind: name, userEnv: name, passwordEnv: name, smtp })
  .catch({ id: null, kind: null, userEnv: null, passwordEnv: null, smtp: { host: null, secure: null } })
const LenientSchema = z.looseObject({
  sources: z.array(source).catch([]),
  caches: z.array(named).catch([]),
  branches: z.array(named).catch([]),
  packages: z.array(named).catch([]),
  notifications: z.array(receiver).catch([]),
})
type Lenient = z.infer<typeof LenientSchema>
type LenientSource = Lenient['sources'][number]

/** Faults between parts of the file: names used twice, branches that do not exist, what this version cannot read. */
export function crossFaults(input: unknown): string[] {
  const parsed = LenientSchema.safeParse(input)
  if (!parsed.success) return []
  const { sources, caches, branches, packages, notifications } = parsed.data
  const branchNames = branches.flatMap((branch) => branch.name ?? [])
  return [
    ...repeated(
      'sources',
      'id',
      sources.map((one) => one.id),
    ),
    ...repeated(
      'caches',
      'id',
      caches.map((one) => one.id),
    ),
    ...repeated(
      'branches',
      'name',
      branches.map((one) => one.name),
    ),
    ...repeated(
      'packages',
      'name',
      packages.map((one) => one.name),
    ),
    ...repeated(
      'notifications',
      'id',
      notifications.map((one) => one.id),
    ),
    ...sources.flatMap((one, index) => sourceFaults(one, index, branchNames)),
    ...caches.flatMap((one, index) => keyFaults(one.publicKeys, ['caches', index, 'publicKeys'])),
    ...notifications.flatMap((one, index) => mailFaults(one, ['notifications', index])),
  ]
}

function repeated(list: string, key: string, values: readonly (string | null)[]): string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value)
    if (value === null || first === index) return []
    return `${pathText([list, index, key])}: expected ${key === 'id' ? 'an id' : 'a name'} of its own, found ${JSON.stringify(value)}, which ${pathText([list, first])} has already`
  })
}

function sourceFaults(one: LenientSource, index: number, branchNames: readonly string[]): string[] {
  const path = ['sources', index]
  const unsupported =
    one.kind === 'hydra'
      ? [
          `${pathText([...path, 'kind'])}: hydra sources are not supported by this version, expected "hercules-ci", found "hydra"`,
        ]
      : []
  return [
    ...unsupported,
    ...branchFaults(one.branches, [...path, 'branches'], branchNames),
    ...branchFaults(one.jobsets, [...path, 'jobsets'], branchNames),
    ...placeholderFaults(one, path),
  ]
}

function branchFaults(
  branches: Record<string, unknown>,
  path: readonly PropertyKey[],
  known: readonly string[],
): string[] {
  return Object.entries(branches).flatMap(([glob, branch]) => {
    if (typeof branch !== 'string' || known.includes(branch)) return []
    const near = nearest(branch, known)
    const expected =
      near === null ? `the name of a branch (${known.join(', ')})` : `the name of a branch, such as "${near}"`
    return `${pathText([...path, glob])}: expected ${expected}, found ${JSON.stringify(branch)}`
  })
}

function placeholderFaults({ branchFrom, attributes }: LenientSource, path: readonly PropertyKey[]): string[] {
  if (branchFrom !== 'attribute' || attributes.some((pattern) => pattern.includes('{branch}'))) return []
  return [
    `${pathText([...path, 'attributes'])}: expected a pattern with {branch}, as branchFrom is "attribute", found none`,
  ]
}

function keyFaults(keys: readonly string[], path: readonly PropertyKey[]): string[] {
  const names = keys.map((key) => key.split(':', 1)[0])
  return keys.flatMap((key, index) => {
    const first = names.indexOf(names[index])
    if (first === index || keys[first] === key) return []
    return `${pathText([...path, index])}: expected one key for each name, found another one for ${JSON.stringify(names[index])} than ${pathText([...path, first])}`
  })
}

function mailFaults(one: Lenient['notifications'][number], path: readonly PropertyKey[]): string[] {
  if (one.kind !== 'email') return []
  const { userEnv, passwordEnv, smtp } = one
  const missing = userEnv === null ? 'userEnv' : 'passwordEnv'
  const isHalf = (userEnv === null) !== (passwordEnv === null)
  const isPlain =
    passwordEnv !== null && smtp.secure === 'none' && !/^(?:localhost|127\.[0-9.]+|::1)$/.test(smtp.host ?? '')
  return [
    ...(isHalf
      ? [`${pathText([...path, missing])}: expected userEnv and passwordEnv together, found one of them`]
      : []),
    ...(isPlain
      ? [`${pathText([...path, 'smtp', 'secure'])}: expected "tls" or "starttls", as a password is sent, found "none"`]
      : []),
  ]
}

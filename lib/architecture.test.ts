import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may import whom. A layer sees itself and what is listed here. */
const LAYERS: Record<string, readonly string[]> = {
  'lib/domain': [],
  'lib/env': [],
  'lib/log': [],
  'lib/metrics': [],
  'lib/http': [],
  'lib/contract': ['lib/domain'],
  'lib/client': ['lib/contract', 'lib/domain'],
  'lib/config': ['lib/domain', 'lib/env'],
  'lib/net': ['lib/env', 'lib/log', 'lib/metrics'],
  'lib/sources': ['lib/net', 'lib/domain'],
  'lib/caches': ['lib/net', 'lib/domain'],
  'lib/receivers': ['lib/net', 'lib/domain'],
  'lib/db': ['lib/env', 'lib/generated', 'lib/metrics'],
  'lib/queries': ['lib/db', 'lib/contract', 'lib/domain', 'lib/config'],
  'lib/sync': [
    'lib/sources',
    'lib/caches',
    'lib/receivers',
    'lib/db',
    'lib/domain',
    'lib/config',
    'lib/env',
    'lib/log',
    'lib/metrics',
    'lib/net/errors',
    'lib/net/backoff',
  ],
  'lib/boot': ['lib/contract', 'lib/sync', 'lib/db', 'lib/config', 'lib/env', 'lib/log'],
  'lib/testing': ['lib/db', 'lib/generated'],
  components: ['lib/contract', 'lib/domain'],
  app: [
    'components',
    ...['client', 'config', 'contract', 'domain', 'http', 'log', 'metrics', 'queries', 'sync'].map(
      (name) => `lib/${name}`,
    ),
  ],
  cli: ['lib', 'e2e/upstreams'],
  bench: ['lib', 'e2e/upstreams'],
  e2e: ['lib'],
  // instrumentation.ts, proxy.ts and the tools' configuration.
  '.': ['lib/boot', 'lib/log', 'lib/http', 'lib/contract/openapi', 'lib/metrics', 'e2e'],
}

/** Layers of which the browser must never get a line. */
const SERVER_LAYERS = [
  'boot',
  'caches',
  'config',
  'db',
  'env',
  'log',
  'metrics',
  'net',
  'queries',
  'receivers',
  'sources',
  'sync',
].map((name) => `lib/${name}`)
const FOLDERS_WITHOUT_CODE = ['docs', 'examples', 'fixtures', 'prisma', 'public']
const FOLDERS_OF_TOOLS = ['data', 'node_modules', 'playwright-report', 'test-results']
const LINES_MAX = 300

type Source = { path: string; layer: string; text: string; imports: string[] }

const everything = [...filesUnder('.'), ...foldersOfCode().flatMap(filesDeepUnder)].filter(
  (path) => /\.(?:tsx?|mjs|css)$/.test(path) && !/^lib\/generated\/|\.d\.ts$/.test(path),
)
const all = everything.map((path): Source => {
  const text = readFileSync(path, 'utf8')
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')
  return { path, layer: layerOf(path), text, imports }
})
const sources = all.filter(({ path }) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))

describe('The code', () => {
  it('is read whole by this test', () => {
    expect(sources.length).toBeGreaterThan(60)
    for (const layer of ['lib/domain', 'lib/db', 'lib/net', 'lib/contract', 'lib/config', 'lib/sources', '.']) {
      expect(sources.filter((source) => source.layer === layer).length, layer).toBeGreaterThan(0)
    }
  })

  it.each(Object.keys(LAYERS))('of %s imports only the layers below it', (layer) => {
    const allowed = [layer, ...(LAYERS[layer] ?? [])]
    const isAllowed = (name: string) => allowed.some((one) => `${name}/`.startsWith(`${one}/`))
    const illegal = sources
      .filter((source) => source.layer === layer)
      .flatMap(({ path, imports }) =>
        imports.filter((name) => name.startsWith('@/') && !isAllowed(name.slice(2))).map((name) => `${path} → ${name}`),
      )
    expect(illegal).toEqual([])
  })

  it('reaches other folders by @/ and never by ../', () => {
    expect(importing(all, (name) => name.startsWith('../'))).toEqual([])
  })

  it('of the domain imports no package and nothing of Node', () => {
    const domain = sources.filter(({ layer }) => layer === 'lib/domain')
    expect(importing(domain, (name) => !name.startsWith('./') && !name.startsWith('@/lib/domain/'))).toEqual([])
  })

  it('of the domain asks neither the clock nor chance', () => {
    const domain = sources.filter(({ layer }) => layer === 'lib/domain')
    expect(domain.filter(({ text }) => /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/.test(text)).map(pathOf)).toEqual(
      [],
    )
  })

  it('of the server says so first, which keeps it out of the browser', () => {
    const server = sources.filter(({ layer }) => SERVER_LAYERS.includes(layer))
    expect(server.filter(({ text }) => !text.startsWith("import 'server-only'\n")).map(pathOf)).toEqual([])
  })

  it('reads the environment in one place', () => {
    const readers = sources
      // Commands hand it on to the processes that they start.
      .filter(({ layer, path }) => path !== 'lib/env.ts' && layer !== 'cli' && !/^[^/]+\.config\.ts$/.test(path))
      // Next replaces these two by constants when it builds.
      .filter(({ text }) => /process\.env(?!\.(?:NEXT_RUNTIME|NODE_ENV)\b)/.test(text))
    expect(readers.map(pathOf)).toEqual([])
  })

  it('speaks to Prisma in lib/db alone', () => {
    const others = sources.filter(({ layer, path }) => layer !== 'lib/db' && path !== 'prisma.config.ts')
    expect(importing(others, (name) => /^@?prisma\b|^@\/lib\/generated|^libsql$/.test(name))).toEqual([])
  })

  it(`has no file of more than ${LINES_MAX} lines`, () => {
    const lines = ({ text }: Source) => text.trimEnd().split('\n').length
    expect(
      all.filter((source) => lines(source) > LINES_MAX).map((source) => `${source.path}: ${lines(source)}`),
    ).toEqual([])
  })

  it('stands in folders that are known', () => {
    const known = [...Object.keys(LAYERS), ...FOLDERS_WITHOUT_CODE, ...FOLDERS_OF_TOOLS, 'lib', 'lib/generated']
    const folders = [...foldersOf('.'), ...foldersOf('lib').map((name) => `lib/${name}`)]
    expect(folders.filter((name) => !name.startsWith('.') && !known.includes(name))).toEqual([])
    expect(filesUnder('lib').filter((path) => !/\.test\.ts$/.test(path) && !(layerOf(path) in LAYERS))).toEqual([])
  })
})

describe('The documentation', () => {
  const documents = [...filesUnder('.'), ...['docs', 'examples', ...foldersOfCode()].flatMap(filesDeepUnder)].filter(
    (path) => path.endsWith('.md'),
  )

  it.each(documents)('%s names only paths that exist', (path) => {
    const missing = pathsNamedIn(path).filter((name) => !existsSync(name))
    expect(missing).toEqual([])
  })

  it('README.md has a line for each address of the API, and no other', () => {
    const rows = [
      ...readFileSync('README.md', 'utf8').matchAll(/^\|\s*`((?:GET|POST|PUT|PATCH|DELETE) \/api\/[^`?\s]+)/gm),
    ]
    expect(rows.map((match) => match[1]).sort()).toEqual(apiAddresses())
  })
})

/** `GET /api/v1/packages/{package}` for each handler under app/api. */
function apiAddresses(): string[] {
  const routes = all.filter(({ path }) => /^app\/api\/[^[].*\/route\.ts$/.test(path))
  return routes
    .flatMap(({ path, text }) => {
      const address = path.slice('app'.length, -'/route.ts'.length).replace(/\[([^\]]+)\]/g, '{$1}')
      const methods = text.matchAll(/^export (?:async function|function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm)
      return [...methods].map((match) => `${match[1]} ${address}`)
    })
    .sort()
}

// In backquotes, beginning with a folder of ours, or linked to; placeholders such as <name> or * end what can be checked.
function pathsNamedIn(document: string): string[] {
  const text = readFileSync(document, 'utf8')
  const folders = [...foldersOfCode(), ...FOLDERS_WITHOUT_CODE].join('|')
  const first = (match: RegExpExecArray) => match[1] ?? ''
  const quoted = [...text.matchAll(new RegExp(`\`((?:${folders})/[^\`\\s]*)\``, 'g'))].map(first)
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(first)
  const names = [...quoted, ...linked.map((link) => join(dirname(document), link))]
  return names.map((name) => name.replace(/[<*{…].*$/, ''))
}

function importing(among: readonly Source[], isMeant: (name: string) => boolean): string[] {
  return among.flatMap(({ path, imports }) => imports.filter(isMeant).map((name) => `${path} → ${name}`))
}

function pathOf({ path }: Source): string {
  return path
}

function layerOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  if (!path.includes('/')) return '.'
  return first === 'lib' ? `lib/${second.replace(/\.tsx?$/, '')}` : first
}

function foldersOfCode(): string[] {
  return ['app', 'bench', 'cli', 'components', 'e2e', 'lib']
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

function filesUnder(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map(({ name }) => (folder === '.' ? name : `${folder}/${name}`))
}

function filesDeepUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`)
}

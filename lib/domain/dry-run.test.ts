import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDryRun } from './dry-run'

/** Texts that others published, with the lists that stand in them; not part of this repository. */
const PUBLISHED = new URL(process.env.PUBLISHED_DRY_RUNS ?? '../../../shared/data/dry-run/', import.meta.url)

const NIX32 = '0123456789abcdfghijklmnpqrsvwxyz'
const pathOf = (name: string, number = 0) => `/nix/store/${(NIX32[number % 32] ?? '0').repeat(32)}-${name}`
const HELLO = pathOf('hello-2.12.drv', 1)
const ZLIB = pathOf('zlib-1.3.drv', 2)
const CURL = pathOf('curl-8.5', 3)

describe('parseDryRun', () => {
  it.each([
    ['the following derivations will be built:', null],
    ['these derivations will be built:', null],
    ['these 2 derivations will be built:', 2],
    ['The following derivations would be built:', null],
    ['this derivation will be built:', 1],
    ['\u001b[1mthese 2 derivations will be built:\u001b[0m', 2],
    ['$ nix-build --dry-run: these 2 derivations will be built:', 2],
  ])('finds what would be built after %j', (head, announcedBuild) => {
    const start = head.startsWith('$') ? '$ nix-build --dry-run: ' : ''
    const text = `${head}\n${start}  ${HELLO}\n${start}  ${ZLIB}\n`
    expect(parseDryRun(text)).toMatchObject({ willBuild: [HELLO, ZLIB], announcedBuild, mentioned: [] })
  })

  it.each([
    ['the following paths will be substituted:', null, null],
    ['the following files will be downloaded/copied (3.00 MiB):', null, { download: 3 * 2 ** 20, unpacked: null }],
    ['the following paths will be fetched (0.50 MiB download, 2.00 MiB unpacked):', null, MIB(0.5, 2)],
    ['these paths will be fetched (0.50 MiB download, 2.00 MiB unpacked):', null, MIB(0.5, 2)],
    ['these 7 paths will be fetched (0.50 MiB download, 2.00 MiB unpacked):', 7, MIB(0.5, 2)],
    ['this path will be fetched (0.50 MiB download, 2.00 MiB unpacked):', 1, MIB(0.5, 2)],
    ['these 7 paths will be fetched (512.0 KiB download, 2.0 MiB unpacked):', 7, MIB(0.5, 2)],
    ['this path will be fetched (1.5 GiB download, 1.0 TiB unpacked):', 1, MIB(1536, 2 ** 20)],
  ])('finds what would be fetched after %j, with its size', (head, announcedFetch, sizes) => {
    expect(parseDryRun(`${head}\n  ${CURL}\n`)).toMatchObject({ willFetch: [CURL], announcedFetch, sizes })
  })

  it.each([
    "don't know how to build the following paths (may be caused by read-only store access):",
    "don't know how to build these paths:",
    "don't know how to build these paths (may be caused by read-only store access):",
    'don’t know how to build this path:',
  ])('finds what Nix cannot build after %j', (head) => {
    expect(parseDryRun(`${head}\n  ${HELLO}\n`)).toMatchObject({ unknown: [HELLO], willBuild: [] })
  })

  it('takes plain paths, one or many in a line, whole or with what lies in them', () => {
    const text = `${CURL}/bin/curl and '${HELLO}^*', see ${ZLIB}.\n${CURL}\n11111111111111111111111111111111-a-1.drv`
    expect(parseDryRun(text)).toMatchObject({
      willBuild: [],
      mentioned: [CURL, HELLO, ZLIB, '/nix/store/11111111111111111111111111111111-a-1.drv'],
    })
  })

  it('leaves results that stand after a list out of it', () => {
    const text = `these derivations will be built:\n  ${HELLO}\n${CURL}\n  ${ZLIB}\n`
    expect(parseDryRun(text)).toMatchObject({ willBuild: [HELLO], mentioned: [CURL, ZLIB] })
  })

  it('reads lists through line ends of Windows, tabs, colours, gaps, warnings and what a logger puts before lines', () => {
    const lines = [
      'warning: Git tree is dirty',
      '\tthese 3 derivations will be built:',
      `\t  \u001b[35;1m${HELLO}\u001b[0m`,
      '\t...',
      'evaluation warning: something is old',
      '',
      `\t  ${ZLIB}`,
      `\tbuilding '${HELLO}'...`,
    ]
    expect(parseDryRun(lines.join('\r\n'))).toMatchObject({ willBuild: [HELLO, ZLIB], mentioned: [] })
    const logged = [
      'Nov 23 10:00:01 host nix[42]: these 2 derivations will be built:',
      `Nov 23 10:00:01 host nix[42]:   ${HELLO}`,
      `Nov 23 10:00:02 host nix[42]:   ${ZLIB}`,
      `Nov 23 10:00:02 host sshd[7]:   ${CURL}`,
    ]
    expect(parseDryRun(logged.join('\n'))).toMatchObject({ willBuild: [HELLO, ZLIB], mentioned: [CURL] })
  })

  it('reads derivations whose indent was lost, and not the result after them', () => {
    const text = `these 2 derivations will be built:\n${HELLO}\n${ZLIB}\nerror: no\n${CURL}`
    expect(parseDryRun(text)).toMatchObject({ willBuild: [HELLO, ZLIB], mentioned: [CURL] })
    expect(parseDryRun(`these derivations will be built:\n${CURL}`)).toMatchObject({ willBuild: [], mentioned: [CURL] })
  })

  it('says each path once, in the first place that it has', () => {
    const list = `these derivations will be built:\n  ${HELLO}\n  ${ZLIB}\n  ${HELLO}\n`
    expect(parseDryRun(`${HELLO}\n${list}${list}`)).toMatchObject({ willBuild: [HELLO, ZLIB], mentioned: [] })
  })

  it.each([
    '/nix/store/short-hello',
    '/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-not-nix32',
    '/nix/store/11111111111111111111111111111111-<script>alert(1)</script>',
    `/nix/store/11111111111111111111111111111111-${'x'.repeat(212)}`,
    '/nix/store/11111111111111111111111111111111-..',
    'these derivations will be built by somebody:\n  /nix/store/x',
    '',
  ])('finds no path in %j', (text) => {
    expect(parseDryRun(text)).toMatchObject({ willBuild: [], willFetch: [], unknown: [], mentioned: [] })
  })

  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(HELLO, ZLIB, CURL, '\n', '\r\n', '  ', '\t', '\u001b[', '\u001b]', ':', '/nix/store/', '('),
    fc.constantFrom(
      'these 2 derivations will be built:',
      'this path will be fetched (1 MiB',
      "don't know how to build",
    ),
    fc.constantFrom('\u001b]8;;', ' ', '0', '-', '\u009d').map((one) => one.repeat(3_000)),
  )

  it('gets through a million full stops in a name as through any text', () => {
    const name = `/nix/store/${'a'.repeat(32)}-${'.'.repeat(1_000_000)}`
    expect(parseDryRun(`${name}a`).mentioned).toEqual([])
    expect(parseDryRun(name).mentioned).toEqual([])
  })

  it('gives lists without repeats, each a part of the text in its order, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        const { willBuild, willFetch, unknown, mentioned } = parseDryRun(text)
        const whole = text.replaceAll('\u001b', '')
        for (const list of [willBuild, willFetch, unknown, mentioned]) {
          expect(new Set(list).size).toBe(list.length)
          for (const path of list) expect(path).toMatch(/^\/nix\/store\/[0-9a-z]{32}-[\w+.?=-]{1,211}$/)
        }
        expect(mentioned.filter((path) => [...willBuild, ...willFetch, ...unknown].includes(path))).toEqual([])
        // Names may have been parted by an escape; digests of this test never are.
        for (const path of mentioned) expect(whole).toContain(path.slice('/nix/store/'.length, 43))
      }),
    )
  })

  it('gives back any lists that Nix would print', () => {
    const paths = fc.uniqueArray(
      fc.tuple(fc.stringMatching(/^[a-z][a-z0-9+-]{0,20}$/), fc.nat(31)).map(([name, at]) => pathOf(`${name}.drv`, at)),
      { maxLength: 20 },
    )
    const printed = (head: string, list: readonly string[]) =>
      list.length === 0 ? '' : `${head}\n${list.map((path) => `  ${path}\n`).join('')}`
    fc.assert(
      fc.property(paths, paths, paths, fc.constantFrom('\n', '\r\n'), (build, fetch, unknown, end) => {
        const text = [
          printed(`these ${build.length} derivations will be built:`, build),
          printed(`these ${fetch.length} paths will be fetched (1.00 MiB download, 2.00 MiB unpacked):`, fetch),
          printed("don't know how to build these paths:", unknown),
        ].join('')
        expect(parseDryRun(text.replaceAll('\n', end))).toMatchObject({
          ...{ willBuild: build, willFetch: fetch, unknown, mentioned: [] },
          announcedBuild: build.length || null,
          announcedFetch: fetch.length || null,
        })
      }),
    )
  })

  it.each([
    ['escapes', '\u001b]'],
    ['digits', '1'],
    ['blanks', ' '],
    ['lines', '\n'],
    ['store directories', '/nix/store/'],
    ['heads', 'these derivations will be built:\n'],
    ['heads in one line', 'these 1 derivations will be built:'],
    ['paths in one line', `${HELLO} `],
    ['control characters', '\u009d'],
  ])('takes megabytes of %s', (_what, piece) => {
    const text = piece.repeat(Math.ceil(4_000_000 / piece.length))
    expect(parseDryRun(`${text}\nthis derivation will be built:\n  ${ZLIB}`).willBuild).toEqual([ZLIB])
  })
})

function MIB(download: number, unpacked: number) {
  return { download: download * 2 ** 20, unpacked: unpacked * 2 ** 20 }
}

interface PublishedText {
  readonly file: string
  readonly willBuild: readonly string[]
  readonly willFetch: readonly string[]
  readonly unknown: readonly string[]
  readonly announcedBuild: number | null
  readonly announcedFetch: number | null
}

const MANIFEST = new URL('manifest.json', PUBLISHED)

// Present in the continuous integration, not in a clone: those texts are not ours to ship.
if (!existsSync(MANIFEST)) console.info(`Not here, and so not tested: published dry runs (${PUBLISHED.pathname})`)
else {
  const published: PublishedText[] = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  describe('parseDryRun of published texts', () => {
    it('finds some', () => expect(published.length).toBeGreaterThan(0))

    it.each(published)('finds the lists of $file', ({ file, ...expected }) => {
      const { willBuild, willFetch, unknown, announcedBuild, announcedFetch } = parseDryRun(
        readFileSync(new URL(file, PUBLISHED), 'utf8'),
      )
      expect({ willBuild, willFetch, unknown, announcedBuild, announcedFetch }).toEqual({
        willBuild: expected.willBuild,
        willFetch: expected.willFetch,
        unknown: expected.unknown,
        announcedBuild: expected.announcedBuild,
        announcedFetch: expected.announcedFetch,
      })
    })
  })
}

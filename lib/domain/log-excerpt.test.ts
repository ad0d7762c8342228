import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXCERPT_CHARACTERS_MAX, EXCERPT_LINES_MAX, type LogLine, logExcerpt } from './log-excerpt'
import { plainText } from './log-text'

const OWN = new URL('../../fixtures/build-logs/', import.meta.url)
/** Logs that others published, with the lines that a maintainer wants to see first; not part of this repository. */
const PUBLISHED = new URL(process.env.PUBLISHED_BUILD_LOGS ?? '../../../shared/data/build-logs/', import.meta.url)

function linesOf(text: string): LogLine[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }))
}

const excerptOf = (folder: URL, file: string) => logExcerpt(linesOf(readFileSync(new URL(file, folder), 'utf8')))

interface Expected {
  readonly lines: readonly number[]
  readonly verdict: string
  readonly phase: string | null
}

describe('logExcerpt', () => {
  const expected: Record<string, Expected> = JSON.parse(readFileSync(new URL('expected.json', OWN), 'utf8'))

  it.each(Object.entries(expected))('of the log of %s shows what its builder failed of', (name, { lines, ...rest }) => {
    const excerpt = excerptOf(OWN, `${name}.log`)
    expect(excerpt).toMatchObject({ ...rest, firstError: lines[0] })
    expect(excerpt.lines.filter(({ isError }) => isError).map(({ number }) => number)).toEqual(
      expect.arrayContaining([...lines]),
    )
  })

  it('has an expectation for every log', () => {
    const logs = readdirSync(OWN).filter((file) => file.endsWith('.log'))
    expect(logs.map((file) => file.replace(/\.log$/, '')).sort()).toEqual(Object.keys(expected).sort())
  })

  it('keeps the numbers of the source where it leaves lines out', () => {
    const { firstError, lines } = logExcerpt([
      { number: 7, text: 'Running phase: buildPhase' },
      { number: 1842, text: 'x.c:1:2: error: no' },
    ])
    expect(firstError).toBe(1842)
    expect(lines.map(({ number }) => number)).toEqual([7, 1842])
  })

  it('says one thing once, whatever numbers and store paths it says it with', () => {
    const many = Array.from({ length: 500 }, (_, index) => `test ${index} failed: error: one reason (${index} ms)`)
    const { lines } = logExcerpt(linesOf(many.join('\n')))
    expect(lines.filter(({ isError }) => isError)).toHaveLength(1)
  })

  it('prefers the last phase that has an error to the ones that the build came through', () => {
    const text =
      'Running phase: configurePhase\nconfig.c:1:1: error: a try\nRunning phase: checkPhase\na.c:1:1: error: b'
    expect(logExcerpt(linesOf(text))).toMatchObject({ firstError: 4, phase: 'checkPhase' })
  })

  it.each(['', 'compiling\nall is well'])('finds nothing in %j, and shows its end', (text) => {
    const excerpt = logExcerpt(linesOf(text))
    expect(excerpt).toMatchObject({ firstError: null, verdict: 'not-in-this-text', phase: null })
    expect(excerpt.lines.map((line) => line.text).join('\n')).toBe(text)
  })

  const word = fc.constantFrom(
    'error: ',
    'a.c:1: error: x',
    'make: *** x Error 1',
    '',
    'ok',
    'Running phase: p',
    '\u001b[1m',
  )
  const anyLog = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      word,
      word.map((one) => one.repeat(500)),
    ),
    {
      maxLength: 200,
    },
  )

  it('is a bounded part of the log, in its order, whatever the log', () => {
    fc.assert(
      fc.property(anyLog, (texts) => {
        const log = texts.map((text, index) => ({ number: index * 3, text }))
        const { lines, firstError, verdict } = logExcerpt(log)
        const numbers = lines.map(({ number }) => number)

        expect(lines.length).toBeLessThanOrEqual(EXCERPT_LINES_MAX)
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
        for (const { number, text } of lines) {
          const whole = log[number / 3]?.text ?? ''
          expect(text).toBe(plainText(whole.slice(0, EXCERPT_CHARACTERS_MAX)))
        }
        if (firstError === null) expect(verdict).toBe('not-in-this-text')
        else expect(lines.find(({ number }) => number === firstError)?.isError).toBe(true)
      }),
    )
  })

  it('takes 100,000 lines', () => {
    const log = Array.from({ length: 100_000 }, (_, number) => ({
      number,
      text: `[${number}] Building x${number}.cc.o`,
    }))
    const { firstError } = logExcerpt([...log, { number: 100_000, text: 'x.cc:1:2: error: no' }])
    expect(firstError).toBe(100_000)
  })
})

interface PublishedLog {
  readonly file: string
  readonly kind: string
  readonly expectedLines: readonly number[]
  readonly sameTextLines: readonly number[]
}

const MANIFEST = new URL('manifest.json', PUBLISHED)

// Present in the continuous integration, not in a clone: those texts are not ours to ship.
if (!existsSync(MANIFEST)) console.info(`Not here, and so not tested: published build logs (${PUBLISHED.pathname})`)
else {
  describe('logExcerpt of published failures', () => {
    const published: PublishedLog[] = JSON.parse(readFileSync(MANIFEST, 'utf8'))
    const read = published.map((log) => ({ ...log, excerpt: excerptOf(PUBLISHED, log.file) }))

    it('shows a line that a maintainer wants to see first', () => {
      const missed = read.filter(({ excerpt, expectedLines, sameTextLines }) => {
        const wanted = new Set([...expectedLines, ...sameTextLines])
        return !excerpt.lines.some(({ number, isError }) => isError && wanted.has(number))
      })
      expect(read.length).toBeGreaterThan(0)
      expect(missed.map(({ file }) => file)).toEqual([])
    })

    it('says so where the text does not hold the cause, and only there', () => {
      const without = read.filter(({ excerpt }) => excerpt.verdict === 'not-in-this-text')
      expect(without.map(({ file }) => file).sort()).toEqual([
        'friction-skia-cause-cut.log',
        'nom-build-fail.log',
        'openvehiclediag-rustc.log',
      ])
    })
  })
}

import { describe, expect, it } from 'vitest'
import { ACCOUNT, sample, sourceOf } from './sample-answers'

const PATH = '/nix/store/5fkbl7gcmhk9vv4y2ch2m3zqf1ia4pkk-magma-2.6.2.drv'
const LOG = '745cb13b-b862-4a94-b234-1d870e4c868b'
const LINES = `${ACCOUNT}/derivations/${encodeURIComponent(PATH)}/log/lines`
const line = (i: number, t = `line ${i}`) => ({ i, ms: i, t })
const reading = (answer: unknown) => sourceOf({ [LINES]: answer })

describe('The log of a derivation on Hercules CI', () => {
  it('is read whole, counted from 1, with the escapes that are in it', async () => {
    const { source, asked } = reading(sample('log-lines'))
    const log = await source.readLog?.(PATH, LOG, 1)

    expect(asked.at(-1)?.path).toBe(`${LINES}?logId=${LOG}&iMin=0`)
    expect(log?.isDone).toBe(true)
    expect(log?.lines).toHaveLength(10)
    expect(log?.lines[0]).toEqual({ number: 1, text: 'unpacking sources' })
    expect(log?.lines[8]?.text).toBe(
      "\u001b[01;31m[ERROR]\u001b[0m nvcc fatal   : Unsupported gpu architecture 'compute_35'",
    )
  })

  it('is asked for from a line on while it is written', async () => {
    const { source, asked } = reading(sample('log-lines-tail'))
    const log = await source.readLog?.(PATH, LOG, 1844)

    expect(asked.at(-1)?.path).toBe(`${LINES}?logId=${LOG}&iMin=1843`)
    expect(log).toEqual({ lines: [{ number: 1844, text: '' }], isDone: false })
  })

  it('is put in order where the answer is not, and each line counts once', async () => {
    const { source } = reading({ id: LOG, lines: [line(4), line(2), line(4, 'again'), line(9)], done: true })
    const log = await source.readLog?.(PATH, LOG, 1)

    expect(log?.lines).toEqual([
      { number: 3, text: 'line 2' },
      { number: 5, text: 'again' },
      { number: 10, text: 'line 9' },
    ])
  })

  it('is null when the service has no such log', async () => {
    expect(await sourceOf({}).source.readLog?.(PATH, LOG, 1)).toBeNull()
  })

  it.each([
    ['what may not be seen', new Response('', { status: 403 }), 'forbidden'],
    ['lines without text', { id: LOG, lines: [{ i: 0 }], done: true }, 'invalid-response'],
    ['a page for people', new Response('<html>', { status: 200 }), 'invalid-response'],
  ])('tells of %s as a fault of theirs', async (_, answer, kind) => {
    await expect(reading(answer).source.readLog?.(PATH, LOG, 1)).rejects.toMatchObject({ kind })
  })
})

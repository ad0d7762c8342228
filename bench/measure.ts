/** What is compared: two pieces of work of the same kind, of which one is the measure of the other. */
export interface Comparison {
  /** What is promised, as a sentence about the ratio. */
  readonly promise: string
  readonly baseline: Side
  readonly subject: Side
}

export interface Side {
  readonly name: string
  /** Its number: milliseconds unless `unit` says otherwise. */
  readonly value: number
  readonly unit?: string
}

const ROUNDS = 9

/** Median milliseconds of each piece of work. They take turns, so that whatever else the machine does meets all of them. */
export async function measure(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => [])
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, work] of works.entries()) {
      const start = performance.now()
      await work()
      // The first round warms up.
      if (round > 0) times[index]?.push(performance.now() - start)
    }
  }
  return times.map(medianOf)
}

function medianOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

/** `subject` beside `baseline`, and the ratio of the two. */
export function lineOf({ promise, baseline, subject }: Comparison): string {
  const ratio = `${(subject.value / baseline.value).toFixed(2)} ×`
  const show = ({ name, value, unit = 'ms' }: Side) => `${name} ${value.toFixed(unit === 'ms' ? 1 : 0)} ${unit}`
  return `${ratio.padStart(8)}  ${promise}\n          ${show(subject)}  against  ${show(baseline)}`
}

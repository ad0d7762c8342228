const METHODS = ['error', 'warn'] as const
type Method = (typeof METHODS)[number]

let expected: { method: Method; pattern: RegExp }[] = []
let stray: string[] = []

/** Lets the present test print this one thing; anything else on `console.error` or `console.warn` fails it. */
export function expectConsole(method: Method, pattern: RegExp): void {
  expected.push({ method, pattern })
}

/** Replaces the two methods by recorders, for the test that begins. */
export function recordConsole(): void {
  expected = []
  stray = []
  for (const method of METHODS) {
    console[method] = (...words: unknown[]) => {
      const line = words.map((word) => (word instanceof Error ? (word.stack ?? word.message) : String(word))).join(' ')
      const isExpected = expected.some((one) => one.method === method && one.pattern.test(line))
      if (!isExpected) stray.push(`console.${method}: ${line}`)
    }
  }
}

/** What the test printed without having been expected to. */
export function strayConsole(): readonly string[] {
  return stray
}

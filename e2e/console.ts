import type { BrowserContext, ConsoleMessage, Request, Response } from '@playwright/test'

/** What went wrong in the browser beside what a test looks at. */
export interface BrowserFaults {
  /** Faults that a test brings about on purpose, and so are none. */
  expect(pattern: RegExp): void
  /** The others so far. */
  list(): string[]
}

/** Collects console errors and warnings, uncaught errors, failed requests and refused answers of every page. Violations of the policy are console errors. */
export function watchFaults(context: BrowserContext): BrowserFaults {
  const faults: string[] = []
  const expected: RegExp[] = []
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) faults.push(consoleWords(message))
  })
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`))
  context.on('requestfailed', (request) => {
    if (!isAbandoned(request)) faults.push(`request failed: ${request.url()} (${request.failure()?.errorText})`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(responseWords(response))
  })
  return {
    expect: (pattern) => void expected.push(pattern),
    list: () => faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
  }
}

function consoleWords(message: ConsoleMessage): string {
  return `console ${message.type()}: ${message.text()} (${message.location().url})`
}

function responseWords(response: Response): string {
  return `answer ${response.status()}: ${response.url()}`
}

// The page went elsewhere or asked anew before the answer came.
function isAbandoned(request: Request): boolean {
  return request.failure()?.errorText === 'net::ERR_ABORTED'
}

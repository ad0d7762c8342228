import { defineConfig } from '@playwright/test'
import type { WorkerOptions } from '@/e2e/test'
import { chromiumPath } from './cli/tools.mjs'

const executablePath = chromiumPath()
if (executablePath === undefined) throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH.')

// The browser speaks to loopback alone, so it is told to ask nobody else.
const CLOSED_NETWORK = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]
const QUIET_MACHINE = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export default defineConfig<object, WorkerOptions>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // One server and one browser are enough for two cores; a test that passes only when repeated is a failing test.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    environment: Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])),
    launchOptions: { executablePath, args: [...CLOSED_NETWORK, ...QUIET_MACHINE] },
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
  },
})

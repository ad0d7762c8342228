import { basename } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type BrowserFaults, watchFaults } from './console'
import { type Dashboard, startDashboard } from './dashboard'

const START_MS = 300_000

export interface WorkerOptions {
  readonly environment: Readonly<Record<string, string>>
  /**
   * Which installation the file's tests speak to. `shared`: nobody changes what it shows. `own` and the name of the file:
   * its tests change its world, and no other file's tests see that. `unreachable`: an empty database, and upstreams
   * that refuse connections.
   */
  readonly installation: 'shared' | `own ${string}` | 'unreachable'
}

interface WorkerFixtures extends WorkerOptions {
  readonly dashboard: Dashboard
}

interface TestFixtures {
  readonly faults: BrowserFaults
  readonly cleanEnd: undefined
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  environment: [{}, { option: true, scope: 'worker' }],
  installation: ['shared', { option: true, scope: 'worker' }],
  dashboard: [
    async ({ environment, installation }, use) => {
      const dashboard = await startDashboard({ environment, isReachable: installation !== 'unreachable' })
      await use(dashboard)
      await dashboard.close()
    },
    { scope: 'worker', timeout: START_MS },
  ],
  baseURL: ({ dashboard }, use) => use(dashboard.url),
  faults: ({ context }, use) => use(watchFaults(context)),
  cleanEnd: [
    async ({ faults, dashboard, installation }, use, { file }) => {
      // Files of one name would share an installation, and see what the other has done to it.
      if (installation.startsWith('own')) expect(installation).toBe(`own ${basename(file)}`)
      dashboard.takeLoggedErrors()
      await use(undefined)
      expect(faults.list(), 'faults in the browser').toEqual([])
      expect(dashboard.takeLoggedErrors(), 'errors in the log of the server').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

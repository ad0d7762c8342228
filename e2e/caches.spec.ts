import type { Page } from '@playwright/test'
import { CachesSchema } from '@/lib/contract/caches'
import { findViolations } from './axe'
import type { Dashboard } from './dashboard'
import { expect, test } from './test'
import { clearFaults } from './world'

// Each test mends what it broke, and the next begins with what the caches answer then.
test.use({ installation: 'own caches.spec.ts' })
test.afterEach(({ dashboard }) => clearFaults(dashboard))

const CACHIX = 'cuda-maintainers'

const cacheOf = (page: Page, name: string) => page.getByRole('article', { name: new RegExp(`^${name} `) })
const coverageOf = (page: Page, branch: string) =>
  cacheOf(page, CACHIX)
    .getByRole('table', { name: `Outputs of each branch in ${CACHIX}` })
    .getByRole('row', { name: new RegExp(`^${branch} `) })
/** What the browser does when its window comes to the front again. */
const comeBack = (page: Page) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

async function readCachesJson({ url }: Dashboard) {
  return CachesSchema.parse(await (await fetch(`${url}/api/v1/caches`)).json()).caches
}

async function openCaches(page: Page): Promise<void> {
  await page.goto('/caches')
  await expect(page.getByRole('heading', { name: 'Caches', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy Lines of nix.conf for mirror' })).toBeVisible()
}

test('each cache says whether it answers, which keys count, and what it holds of each branch', async ({
  page,
  dashboard,
}) => {
  const [cachix, mirror] = await readCachesJson(dashboard)
  await openCaches(page)
  const facts = cacheOf(page, CACHIX)
  await expect(facts).toContainText(/Answers since/)
  await expect(facts.getByText(cachix?.publicKeys[0] ?? '').first()).toBeVisible()
  await expect(facts).toContainText('/nix/store')
  await expect(facts).toContainText('41 (of several caches, the lowest is asked first)')
  await expect(facts.getByRole('region', { name: /^Lines of nix\.conf/ })).toContainText('extra-trusted-public-keys = ')
  await expect(facts.getByRole('alert')).toHaveCount(0)
  const [master] = cachix?.coverage ?? []
  const now = master?.points.at(-1)
  expect(now?.presences.cached).toBeGreaterThan(0)
  await expect(coverageOf(page, 'master')).toContainText(`${now?.presences.cached} of ${now?.needed}`)
  await expect(coverageOf(page, 'nixos-23.11')).toContainText(/\d+ not cached/)
  await expect(cacheOf(page, 'mirror')).toContainText('does not publish its keys')
  expect(mirror?.published).toBeNull()
})

test('what is not trusted is listed with the exact reason, and leads to its package', async ({ page }) => {
  await openCaches(page)
  const finding = cacheOf(page, CACHIX).getByRole('listitem').filter({ hasText: 'lightgbm' }).first()
  await expect(finding).toContainText('signed, but by no key that is configured for this cache')
  await finding.getByRole('link', { name: 'lightgbm', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'lightgbm', level: 1 })).toBeVisible()
})

test('questions are told by the hour and why: bulk many at once, each narinfo once', async ({ page, dashboard }) => {
  const before = await readCachesJson(dashboard)
  const narinfos = (caches: typeof before) => caches[0]?.questions.reduce((sum, hour) => sum + hour.narinfo, 0) ?? 0
  const bulk = (caches: typeof before) => caches[0]?.questions.reduce((sum, hour) => sum + hour.bulk, 0) ?? 0
  const { requests } = dashboard.upstreams.servers.cachix
  const asked = requests.length
  await dashboard.sync()
  const after = await readCachesJson(dashboard)
  const read = requests.slice(asked).filter((line) => /\.narinfo/.test(line)).length
  expect(narinfos(after) - narinfos(before)).toBe(read)
  expect(bulk(after)).toBeGreaterThan(bulk(before))
  // What was verified is not read again, whoever asks.
  expect(read).toBeLessThan(narinfos(before) / 2)
  await openCaches(page)
  await cacheOf(page, CACHIX).getByText('hour by hour, and why').click()
  const table = page.getByRole('table', { name: `Questions asked at ${CACHIX} per hour, newest first` })
  await expect(table.getByRole('row').nth(1)).toContainText('UTC')
})

test('a cache that begins to refuse says why and since when, beside what it held last, and comes back', async ({
  page,
  dashboard,
}) => {
  await openCaches(page)
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))
  const fault = { kind: 'status', status: 403, path: 'nix-cache-info' }
  await fetch(`${dashboard.upstreams.addresses.cachix}/__faults`, {
    method: 'POST',
    body: JSON.stringify({ faults: [fault] }),
  })
  await dashboard.sync()
  await comeBack(page)
  await expect(cacheOf(page, CACHIX)).toContainText(/Refuses since just now\s*: answered HTTP 403/)
  await expect(cacheOf(page, CACHIX)).toContainText('It last answered')
  await expect(coverageOf(page, 'master')).toContainText(/^master0 of \d+ · [1-9]\d* when it last answered/)
  await expect(coverageOf(page, 'master')).toContainText('cache unknown')
  await expect(cacheOf(page, 'mirror')).toContainText('Answers')
  expect(await findViolations(page)).toEqual([])

  clearFaults(dashboard)
  await dashboard.sync()
  await comeBack(page)
  await expect(cacheOf(page, CACHIX)).toContainText('Answers since just now')
  await expect(coverageOf(page, 'master')).not.toContainText('when it last answered')
  await expect(page.locator('body')).toHaveAttribute('data-not-reloaded', '')
})

test('a published key set that changes raises an alarm with both sets', async ({ page, dashboard }) => {
  const stranger = 'somebody-else-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
  const { faults } = dashboard.upstreams.servers.cachix
  faults.add({ kind: 'corrupt', at: ['publicSigningKeys', 0], value: stranger })
  await dashboard.sync()
  await openCaches(page)
  const alarm = cacheOf(page, CACHIX).getByRole('alert')
  await expect(alarm).toContainText('The keys that this cache publishes have changed')
  await expect(alarm).toContainText(/before.*-demo-1:.*after.*somebody-else-1/s)
  await expect(alarm).toContainText('A configured key is not among those that the cache publishes')
  await expect(alarm).toContainText('what it signs counts as untrusted')
  expect(await findViolations(page)).toEqual([])
  const [cachix] = await readCachesJson(dashboard)
  expect(cachix?.alarms.map(({ kind }) => kind)).toEqual([
    'changed',
    'configured-not-published',
    'published-not-configured',
  ])
})

test('an eviction is seen while one looks: coverage falls, and survival begins to fall', async ({
  page,
  dashboard,
}) => {
  await dashboard.sync()
  const held = (await readCachesJson(dashboard))[0]?.coverage[0]?.points.at(-1)?.presences
  await openCaches(page)
  await expect(coverageOf(page, 'master')).toContainText(`${held?.cached} of`)
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))
  dashboard.upstreams.servers.cachix.faults.add({ kind: 'evict', digests: ['*'] })
  await dashboard.sync()
  await comeBack(page)
  await expect(coverageOf(page, 'master')).toContainText(/^master0 of \d+/)
  await expect(coverageOf(page, 'master')).toContainText(`${(held?.cached ?? 0) + (held?.evicted ?? 0)} evicted`)
  const survival = cacheOf(page, CACHIX).getByRole('region', { name: 'How long it keeps outputs' })
  await expect(survival).toContainText(
    /outputs were seen here, and \d+ evicted\. Half of them are evicted within one day/,
  )
  await expect(survival).toContainText('Kaplan and Meier (1958)')
  await survival.getByText('as a table').click()
  await expect(survival.getByRole('table', { name: `Survival of outputs in ${CACHIX}` })).toBeVisible()
  await expect(page.locator('body')).toHaveAttribute('data-not-reloaded', '')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the page passes WCAG 2.2 AA, ${colorScheme}, ${width} px wide, with its tables open`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await openCaches(page)
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      for (const summary of await page.getByText(/^(as a table|hour by hour)/).all()) await summary.click()
      expect(await findViolations(page)).toEqual([])
      const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
      expect(await page.evaluate(isWide)).toBe(false)
    })
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  // See no-javascript.spec.ts.
  test.beforeEach(({ faults }) => faults.expect(/\(csp\)$/))

  test('the page says the same, with every number of its charts in a table', async ({ page }) => {
    await page.goto('/caches')
    await expect(cacheOf(page, CACHIX)).toContainText('Answers')
    await page
      .getByText(/^as a table: a line per day/)
      .first()
      .click()
    await expect(page.getByRole('table', { name: `What ${CACHIX} held of each branch, newest first` })).toBeVisible()
  })
})

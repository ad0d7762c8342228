import type { Page } from '@playwright/test'
import { readMatrixJson } from './api'
import { cardOf, cellOf, openMatrix, startingWith } from './matrix-page'
import { expect, test } from './test'
import { clearFaults, MANY, pushCorrupted, pushManyPackages, pushTo } from './world'

// Each test changes the world by an event of its own, so that none depends on what another left behind.
test.use({ installation: 'own live-refresh.spec.ts' })

/** What the browser does when its window comes to the front again. */
const comeBack = (page: Page) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

test.afterEach(({ dashboard }) => clearFaults(dashboard))

test('a cell changes while one looks at it: no reload, and focus and scroll stay', async ({ page, dashboard }) => {
  const cell = (await readMatrixJson(dashboard, '?package=katago')).packages[0]?.cells.master
  await openMatrix(page)
  await expect(cellOf(page, 'katago', 'master')).toHaveAccessibleName(/: failed/)
  await cellOf(page, 'katago', 'nixos-unstable').focus()
  await page.evaluate(() => scrollTo(0, 300))
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))

  dashboard.upstreams.mutate({ action: 'retry', derivation: cell?.derivation ?? '' })
  await dashboard.sync()
  await comeBack(page)
  await expect(cellOf(page, 'katago', 'master')).not.toHaveAccessibleName(/: failed/)
  await expect(page.locator('body')).toHaveAttribute('data-not-reloaded', '')
  await expect(cellOf(page, 'katago', 'nixos-unstable')).toBeFocused()
  expect(await page.evaluate(() => scrollY)).toBe(300)
})

test('the page asks again every minute by itself', async ({ page, dashboard }) => {
  await page.clock.install()
  await openMatrix(page)
  await expect(page.getByRole('columnheader', { name: /^master/ })).toContainText(/building #/)
  dashboard.upstreams.mutate({ action: 'finish-running' })
  await dashboard.sync()
  await page.clock.fastForward('01:05')
  await expect(page.getByRole('columnheader', { name: /^master/ })).not.toContainText(/building #/)
  await expect(cellOf(page, 'pytorch', 'master')).toHaveAccessibleName(/: ready/)
})

test('a refresh that fails says so above what is still shown, and goes when the server answers again', async ({
  page,
  faults,
}) => {
  faults.expect(/ERR_FAILED/)
  await openMatrix(page)
  await page.route('**/api/v1/**', (route) => route.abort('failed'))
  await comeBack(page)
  const alert = page.getByRole('alert').filter({ hasText: 'The dashboard’s server cannot be reached.' })
  await expect(alert).toBeVisible()
  await expect(cellOf(page, 'blender', 'master')).toBeVisible()
  await page.unroute('**/api/v1/**')
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(alert).toBeHidden()
})

test('an unreachable cache makes cells "built, cache unknown" and keeps its last answer', async ({
  page,
  dashboard,
}) => {
  const { cachix, binaryCache } = dashboard.upstreams.servers
  await openMatrix(page)
  await expect(cellOf(page, 'blender', 'master')).toHaveAccessibleName(/: ready/)
  for (const { faults } of [cachix, binaryCache]) faults.add({ kind: 'html' })
  const run = await dashboard.sync()
  expect(run.errors.length).toBeGreaterThan(0)
  await comeBack(page)
  await expect(cellOf(page, 'blender', 'master')).toHaveAccessibleName(/: built, cache unknown/)
  await cellOf(page, 'blender', 'master').click()
  await expect(cardOf(page, 'blender', 'master')).toContainText(/out unreachable.*last answer cached/)
  await page.keyboard.press('Escape')

  for (const { faults } of [cachix, binaryCache]) faults.clear()
  await dashboard.sync()
  await comeBack(page)
  await expect(cellOf(page, 'blender', 'master')).toHaveAccessibleName(/: ready/)
})

test('an output that the caches threw away turns from ready to "built, evicted" while one looks', async ({
  page,
  dashboard,
}) => {
  const { cachix, binaryCache } = dashboard.upstreams.servers
  await openMatrix(page)
  await expect(cellOf(page, 'faiss', 'master')).toHaveAccessibleName(/: ready/)
  for (const { faults } of [cachix, binaryCache]) faults.add({ kind: 'evict', digests: ['*'] })
  await dashboard.sync()
  await comeBack(page)
  await expect(cellOf(page, 'faiss', 'master')).toHaveAccessibleName(/: built, evicted/)
})

test('what is signed by a wrong key is told as "built, untrusted cache" and never as ready', async ({
  page,
  dashboard,
}) => {
  const { cachix, binaryCache } = dashboard.upstreams.servers
  const before = await readMatrixJson(dashboard)
  for (const { faults } of [cachix, binaryCache]) faults.add({ kind: 'forge', digests: ['*'] })
  pushTo(dashboard, 'nixos-unstable')
  await dashboard.sync()
  const after = await readMatrixJson(dashboard)
  const derivationOf = ({ packages }: typeof before, name: string) =>
    packages.find((row) => row.name === name)?.cells['nixos-unstable']?.derivation
  const rebuilt = after.packages.filter(({ name }) => derivationOf(before, name) !== derivationOf(after, name))
  expect(rebuilt.filter(({ cells }) => cells['nixos-unstable']?.ready)).toEqual([])
  const untrusted = rebuilt.find(({ cells }) => cells['nixos-unstable']?.presence === 'untrusted')
  await openMatrix(page)
  await expect(cellOf(page, untrusted?.name ?? '', 'nixos-unstable')).toHaveAccessibleName(/: built, untrusted cache/)
})

test('names that are markup are shown as the text they are', async ({ page, dashboard }) => {
  const hostile = '<img src=x onerror=alert(1)>"\'&amp;'
  // A name that is no word stands in quotes, as Nix writes it.
  const name = JSON.stringify(hostile)
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog opened: ${dialog.message()}`)
  })
  await pushCorrupted(dashboard, 'nixos-unstable', { at: ['attributes', 0, 'path', 2], value: `basic_${hostile}` })
  await openMatrix(page)
  await expect(page.getByRole('rowheader').filter({ hasText: name })).toBeVisible()
  await page.getByRole('link', { name: startingWith(`${name} on nixos-unstable: `) }).click()
  await expect(cardOf(page, name, 'nixos-unstable')).toContainText(JSON.stringify(`basic_${hostile}`))
  await expect(page.locator('img')).toHaveCount(0)
})

test('hundreds of packages: 200 rows come with the page, scrolling brings the rest, and keys reach the last', async ({
  page,
  dashboard,
}) => {
  const [first, last] = await pushManyPackages(dashboard, 'nixpkgs-unstable')
  await openMatrix(page, '?q=generated')
  await expect(cellOf(page, first, 'nixpkgs-unstable')).toBeVisible()
  const { total } = await readMatrixJson(dashboard, '?q=generated')
  expect(total).toBe(MANY)
  expect(await page.getByRole('rowheader').count()).toBeLessThan(300)
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expect(cellOf(page, last, 'nixpkgs-unstable')).toBeInViewport()
  await page.evaluate(() => scrollTo(0, 0))
  await cellOf(page, first, 'nixpkgs-unstable').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: `${last} in my packages` })).toBeFocused()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  // See no-javascript.spec.ts.
  test.beforeEach(({ faults }) => faults.expect(/\(csp\)$/))

  test('plain links page through hundreds of packages', async ({ page, dashboard }) => {
    const [first, last] = await pushManyPackages(dashboard, 'nixpkgs-unstable')
    await page.goto('/?q=generated')
    await expect(page.getByRole('rowheader').filter({ hasText: first })).toBeVisible()
    for (const words of [`201–400 of ${MANY}`, `401–${MANY} of ${MANY}`]) {
      await page
        .getByRole('link', { name: /^Next / })
        .first()
        .click()
      await expect(page.getByText(words).first()).toBeVisible()
    }
    await expect(page.getByRole('rowheader').filter({ hasText: last })).toBeVisible()
    await expect(page.getByRole('link', { name: /^Next / })).toHaveCount(0)
    await page
      .getByRole('link', { name: /^Previous / })
      .first()
      .click()
    await expect(page).toHaveURL(/q=generated.*offset=200|offset=200.*q=generated/)
  })
})

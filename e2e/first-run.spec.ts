import { readMatrixJson } from './api'
import { findViolations } from './axe'
import { expect, test } from './test'

test.use({ installation: 'unreachable' })

test('before anything was read the matrix says so and what to do next', async ({ page, dashboard }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Nothing has been read yet' })).toBeVisible()
  await expect(page.getByText('Sources were never read in full')).toBeVisible()
  const { packages } = await readMatrixJson(dashboard)
  expect(packages.flatMap(({ cells }) => Object.keys(cells))).toEqual([])
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('main').getByRole('link', { name: 'sync page' }).click()
  await expect(page.getByRole('heading', { name: 'Sync', level: 1 })).toBeVisible()
})

test('the sync page names the upstream that could not be reached, and why', async ({ page, dashboard }) => {
  await page.goto('/sync')
  await expect(page.getByRole('table', { name: /^Past syncs/ })).toContainText('ended with faults')
  await page
    .getByText(/^(One fault|\d+ faults)$/)
    .first()
    .click()
  await expect(page.getByText(dashboard.upstreams.addresses.herculesCi).first()).toBeVisible()
  await expect(page.getByText('Never read in full yet.')).toBeVisible()
})

test('the page of the caches says that they refuse, why, and that nothing was ever known', async ({ page }) => {
  await page.goto('/caches')
  const cachix = page.getByRole('article', { name: /^cuda-maintainers / })
  await expect(cachix).toContainText(/Refuses since .*no connection/)
  await expect(cachix).toContainText('It never answered us.')
  await expect(cachix).toContainText('Not counted yet')
  await expect(cachix).toContainText('no output was seen cached here')
  expect(await findViolations(page)).toEqual([])
})

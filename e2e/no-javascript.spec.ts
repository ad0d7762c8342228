import { readMatrixJson } from './api'
import { ADMIN_TOKEN } from './dashboard'
import { menuOf, startingWith } from './matrix-page'
import { expect, test } from './test'

test.use({ javaScriptEnabled: false })

// Chromium takes no nonce where scripts are off, and so refuses the scripts that nobody runs.
test.beforeEach(({ faults }) => faults.expect(/\(csp\)$/))

test('without JavaScript the matrix is a table with every package and every word', async ({ page, dashboard }) => {
  const { total } = await readMatrixJson(dashboard)
  await page.goto('/')
  const table = page.getByRole('table', { name: /^Build status and cache presence/ })
  await expect(table.getByRole('link', { name: / on master: / })).toHaveCount(total)
  await expect(table.getByRole('link', { name: startingWith('pytorch on master: blocked by magma') })).toBeVisible()
  await expect(table.getByRole('columnheader')).toHaveText([
    /^Package/,
    /^master/,
    /^nixos-unstable/,
    /^nixpkgs-unstable/,
    /^nixos-23\.11/,
  ])
})

test('without JavaScript the filter is a form whose button sends it', async ({ page, dashboard }) => {
  const { total } = await readMatrixJson(dashboard, '?status=failed&q=ma')
  await page.goto('/')
  await page.getByRole('searchbox', { name: 'Search packages' }).fill('ma')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=ma/)
  const form = page.getByRole('form', { name: 'Filter packages' })
  await menuOf(form, 'Status').click()
  await form.getByRole('checkbox', { name: 'failed', exact: true }).check()
  await menuOf(form, 'Status').click()
  await form.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('table').getByRole('link', { name: / on master: / })).toHaveCount(total)
  await expect(page.getByRole('status').filter({ hasText: `${total} of` })).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Search packages' })).toHaveValue('ma')
})

test('without JavaScript a cell leads to its details on the page, which can be closed', async ({ page }) => {
  await page.goto('/?q=torch')
  await page.getByRole('link', { name: startingWith('pytorch on master: ') }).click()
  const details = page.getByRole('region', { name: 'Open cell' })
  await expect(details).toContainText('magma-2.7.2')
  await details.getByRole('link', { name: 'Close' }).click()
  await expect(details).toHaveCount(0)
  await expect(page).toHaveURL(/\/\?q=torch$/)
})

test('without JavaScript a matrix without rows says so and leads back', async ({ page }) => {
  await page.goto('/?q=no+such+package')
  await page.getByRole('link', { name: 'Clear all filters' }).click()
  await expect(page.getByRole('table').first()).toBeVisible()
})

test('without JavaScript nothing is offered that needs it', async ({ page }) => {
  await page.goto('/')
  for (const name of ['Command palette', 'Keyboard shortcuts', /^Theme/, / in my packages$/]) {
    await expect(page.getByRole('button', { name })).toHaveCount(0)
  }
})

test('without JavaScript the sync page tells the runs', async ({ page }) => {
  await page.goto('/sync')
  await expect(page.getByRole('table', { name: /^Past syncs/ })).toContainText('done')
})

test('without JavaScript one signs in and out by forms', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('Admin token').fill('not the token')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This is not the admin token. Check it and try again.')).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Ada')
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
  await page.goto('/sign-in')
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Admin token')).toBeVisible()
})

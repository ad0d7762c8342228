import { readMatrixJson } from './api'
import { cardOf, cellOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

test('the skip link is the first stop and leads to the content', async ({ page }) => {
  await openMatrix(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('the grid is one stop of the tab order, and Tab leaves it again', async ({ page }) => {
  await openMatrix(page)
  const stops = page.getByRole('grid').locator('[data-row][tabindex="0"]')
  await expect(stops).toHaveCount(1)
  await cellOf(page, 'pytorch', 'master').focus()
  await page.keyboard.press('Shift+Tab')
  await expect(cellOf(page, 'pytorch', 'master')).not.toBeFocused()
  await page.keyboard.press('Tab')
  await expect(cellOf(page, 'pytorch', 'master')).toBeFocused()
})

test('arrows, j and k, Home and End move the cell cursor', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').focus()
  for (const [key, name, branch] of [
    ['ArrowRight', 'pytorch', 'nixos-unstable'],
    ['ArrowDown', 'tensorflow', 'nixos-unstable'],
    ['j', 'jax', 'nixos-unstable'],
    ['k', 'tensorflow', 'nixos-unstable'],
    ['ArrowUp', 'pytorch', 'nixos-unstable'],
    ['End', 'pytorch', 'nixos-23.11'],
    ['ArrowRight', 'pytorch', 'nixos-23.11'],
    ['ArrowLeft', 'pytorch', 'nixpkgs-unstable'],
    ['Control+End', 'xgboost', 'nixos-23.11'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(cellOf(page, name, branch), key).toBeFocused()
  }
  await page.keyboard.press('Control+Home')
  await expect(page.getByRole('button', { name: 'pytorch in my packages' })).toBeFocused()
})

test('a focused cell is never hidden under the sticky head', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'xgboost', 'master').focus()
  for (let row = 0; row < 30; row++) await page.keyboard.press('k')
  const focused = page.locator(':focus')
  const [box, head] = await Promise.all([
    focused.boundingBox(),
    page.getByRole('columnheader', { name: /^master/ }).boundingBox(),
  ])
  expect(box?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? Number.POSITIVE_INFINITY) - 1)
})

test('Enter opens the card of the cell, Escape closes it and the focus returns', async ({ page }) => {
  await openMatrix(page)
  const cell = cellOf(page, 'pytorch', 'master')
  await cell.focus()
  await page.keyboard.press('Enter')
  await expect(cardOf(page, 'pytorch', 'master')).toBeVisible()
  await expect(page).toHaveURL(/open=master(:|%3A)pytorch/)
  await page.keyboard.press('Escape')
  await expect(cardOf(page, 'pytorch', 'master')).toBeHidden()
  await expect(cell).toBeFocused()
  await expect(page).not.toHaveURL(/open=/)
})

test('c copies the revision on which the cell was last ready', async ({ page, context, dashboard }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const answer = await page.request.get(`${dashboard.url}/api/v1/matrix?package=pytorch`)
  const revision = (await answer.json()).packages[0].cells.master.lastReady.nixpkgsRevision
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').focus()
  await page.keyboard.press('c')
  await expect(page.getByText(`Copied ${revision.slice(0, 8)}, last ready on master.`)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(revision)
})

test('c says so where nothing was ever ready', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'truecrack-cuda', 'master').focus()
  await page.keyboard.press('c')
  await expect(page.getByText('Nothing to pin: never seen ready on master.')).toBeVisible()
})

test('l opens the log of what failed, of a blocked cell that of its root cause', async ({ page }) => {
  for (const name of ['magma', 'pytorch']) {
    await openMatrix(page)
    await cellOf(page, name, 'master').focus()
    await page.keyboard.press('l')
    await expect(page).toHaveURL(/\/derivations\/[^/]*-magma-2\.7\.2\.drv#log$/)
    await expect(page.getByRole('heading', { level: 1, name: 'magma-2.7.2' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 2, name: 'Log' })).toBeInViewport()
  }
})

test('l opens the source of what was never built, in a tab of its own', async ({ page, context, dashboard }) => {
  const { packages } = await readMatrixJson(dashboard, '?status=evaluation-failed')
  const name = packages.find(({ cells }) => cells.master?.status === 'evaluation-failed')?.name ?? 'none'
  await openMatrix(page)
  await cellOf(page, name, 'master').focus()
  await context.route(/\/jobs\/\d+$/, (route) => route.fulfill({ body: 'the run', contentType: 'text/plain' }))
  const [tab] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('l')])
  await tab.waitForURL(/\/jobs\/\d+$/)
})

test('d leads to what changed on the branch, p to the page of the package', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'nixos-unstable').focus()
  await page.keyboard.press('d')
  await expect(page).toHaveURL('/diff?branch=nixos-unstable')
  await expect(page.getByRole('heading', { level: 1, name: 'Diff' })).toBeVisible()
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'nixos-unstable').focus()
  await page.keyboard.press('p')
  await expect(page).toHaveURL('/packages/pytorch')
  await expect(page.getByRole('heading', { level: 1, name: 'pytorch' })).toBeVisible()
})

test('single letters do nothing while the focus is outside the grid', async ({ page, context }) => {
  await openMatrix(page)
  await page.getByRole('link', { name: 'Skip to content' }).focus()
  for (const key of ['j', 'k', 'c', 'l', 'Enter']) await page.keyboard.press(key === 'Enter' ? 'j' : key)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  expect(context.pages()).toHaveLength(1)
  await expect(page).toHaveURL((url) => url.search === '')
})

test('/ focuses the search, where letters are letters again', async ({ page }) => {
  await openMatrix(page)
  await page.keyboard.press('/')
  const search = page.getByRole('searchbox', { name: 'Search packages' })
  await expect(search).toBeFocused()
  await page.keyboard.type('jk/?')
  await expect(search).toHaveValue('jk/?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('? lists every key; single keys can be switched off there for good', async ({ page }) => {
  await openMatrix(page)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('move the cell cursor')
  await help.getByRole('checkbox', { name: 'Single keys do something' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.reload()
  const cell = cellOf(page, 'pytorch', 'master')
  await cell.focus()
  for (const key of ['j', 'k', 'c', '/', '?']) await page.keyboard.press(key)
  await expect(cell).toBeFocused()
  await expect(help).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await expect(cellOf(page, 'tensorflow', 'master')).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
})

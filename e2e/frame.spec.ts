import type { Page } from '@playwright/test'
import { openMatrix, shownPackages } from './matrix-page'
import { expect, test } from './test'

const theme = (page: Page) => page.getByRole('button', { name: /^Theme: / })
const groundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('the theme follows the system until it is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await openMatrix(page)
  await expect.poll(() => groundOf(page)).toBe('rgb(255, 255, 255)')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => groundOf(page)).not.toBe('rgb(255, 255, 255)')
})

test('a chosen theme is remembered, and is there before anything is drawn', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await openMatrix(page)
  await theme(page).click()
  await theme(page).click()
  await expect(theme(page)).toHaveAccessibleName(/^Theme: dark/)
  await expect.poll(() => groundOf(page)).not.toBe('rgb(255, 255, 255)')
  const dark = await groundOf(page)

  // What the ground is the moment the first content stands in the document: another colour then would flash.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('header') === null) return
      observer.disconnect()
      document.documentElement.dataset.firstGround = getComputedStyle(document.body).backgroundColor
    }).observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await expect(page.getByRole('grid')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-first-ground', dark)
  await expect(theme(page)).toHaveAccessibleName(/^Theme: dark/)
})

test('my packages are kept in the browser and shared as an address', async ({ page, browser, dashboard }) => {
  await openMatrix(page)
  await page.getByRole('button', { name: 'blender in my packages' }).click()
  await page.getByRole('button', { name: 'magma in my packages' }).click()
  await page.reload()
  await expect(page.getByRole('button', { name: 'blender in my packages' })).toHaveAttribute('aria-pressed', 'true')
  const link = page.getByRole('link', { name: /^My packages\s*2$/ })
  await link.click()
  await expect(page).toHaveURL(/package=blender&package=magma/)
  await expect(page.getByRole('grid')).toBeVisible()
  expect(await shownPackages(page)).toEqual(['blender', 'magma'])

  const other = await browser.newContext()
  const reader = await other.newPage()
  await reader.goto(page.url())
  await expect(reader.getByRole('grid')).toBeVisible()
  expect(await shownPackages(reader)).toEqual(['blender', 'magma'])
  await other.close()

  await page.goto(dashboard.url)
  for (const name of ['blender', 'magma']) await page.getByRole('button', { name: `${name} in my packages` }).click()
  await expect(page.getByRole('link', { name: /^My packages/ })).toHaveCount(0)
})

test('Ctrl K finds a package by a part of its name and leads to it', async ({ page }) => {
  await openMatrix(page)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await page.keyboard.type('katag')
  await expect(palette.getByRole('option', { name: /^katago/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/package=katago/)
  await expect(palette).toBeHidden()
  await expect.poll(() => shownPackages(page)).toEqual(['katago'])
})

test('the palette leads to pages and switches the theme; Escape gives the focus back', async ({ page }) => {
  await openMatrix(page)
  const opener = page.getByRole('button', { name: 'Command palette' })
  await opener.click()
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await page.keyboard.type('dark')
  await palette.getByRole('option', { name: 'Dark theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await opener.click()
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(opener).toBeFocused()
  await opener.click()
  await page.keyboard.type('sync')
  await palette.getByRole('option', { name: 'Sync' }).click()
  await expect(page.getByRole('heading', { name: 'Sync', level: 1 })).toBeVisible()
})

test('the freshness strip has a pill per branch with age and pass rate, and leads to the branch', async ({ page }) => {
  await openMatrix(page)
  const strip = page.getByRole('list', { name: 'Freshness of branches' })
  await expect(strip.getByRole('listitem')).toHaveText([
    /master.*\d+ (h|d).*\d+\/\d+/,
    /nixos-unstable.*\d+ (h|d).*\d+\/\d+/,
    /nixpkgs-unstable.*\d+ (h|d).*\d+\/\d+/,
    /nixos-23\.11.*\d d.*\d+\/\d+/,
  ])
  await strip.getByRole('link', { name: /nixos-unstable/ }).click()
  await expect(page.getByRole('columnheader')).toHaveCount(2)
})

test('the search of the top bar leads to the matrix from every page', async ({ page }) => {
  await page.goto('/sync')
  await page.getByRole('searchbox', { name: 'Search packages' }).fill('magma')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/\?q=magma/)
  await expect(page.getByRole('grid')).toBeVisible()
  expect(await shownPackages(page)).toContain('magma')
})

test('pages have landmarks and a title of their own', async ({ page }) => {
  for (const [path, title] of [
    ['/', 'CUDA-enabled nixpkgs'],
    ['/sync', 'Sync · CUDA-enabled nixpkgs'],
    ['/sign-in', 'Sign in · CUDA-enabled nixpkgs'],
  ] as const) {
    await page.goto(path)
    await expect(page).toHaveTitle(title)
    for (const role of ['banner', 'main'] as const) await expect(page.getByRole(role)).toHaveCount(1)
    await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(1)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  }
})

import type { Page } from '@playwright/test'
import { readMatrixJson } from './api'
import type { Dashboard } from './dashboard'
import { expect, test } from './test'

test.use({ installation: 'own logs.spec.ts' })

async function openDerivation(page: Page, dashboard: Dashboard, name: string): Promise<void> {
  const { packages } = await readMatrixJson(dashboard, `?package=${name}`)
  const derivation = packages[0]?.cells.master?.derivation?.split('/').at(-1) ?? 'none'
  await page.goto(`/derivations/${derivation}`)
  await expect(page.getByRole('heading', { level: 2, name: 'Log' })).toBeVisible()
}

const linesOf = (page: Page) => page.getByRole('region', { name: 'Lines of the log' })
const pagesOf = (page: Page) => page.getByRole('navigation', { name: 'Pages of the log', exact: true })

test('a long log is read page by page, and each line has an address', async ({ page, dashboard }) => {
  await openDerivation(page, dashboard, 'opencv4')
  await expect(pagesOf(page)).toContainText('lines 1–1 000 of 1 ')
  await pagesOf(page).getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/\?from=1001#log$/)
  await expect(pagesOf(page)).toContainText('lines 1 001–1 ')
  await expect(linesOf(page).locator('#L1')).toHaveCount(0)
  await linesOf(page).locator('#L1020').getByRole('link', { name: '1020' }).click()
  await expect(page).toHaveURL(/\?from=1001#L1020$/)
  await page.reload()
  await expect(linesOf(page).locator('#L1020')).toBeInViewport()
  await expect(linesOf(page).locator(':target')).toContainText('part_1012.cc.o')
  await pagesOf(page).getByRole('link', { name: 'Previous' }).click()
  await expect(linesOf(page).locator('#L1')).toContainText('Running phase: unpackPhase')
})

test('the first error is one step away, on whatever page it stands', async ({ page, dashboard }) => {
  await openDerivation(page, dashboard, 'opencv4')
  await page.getByRole('link', { name: 'jump to the first error' }).first().click()
  await expect(page).toHaveURL(/\?from=1001#L\d+$/)
  await expect(linesOf(page).locator(':target')).toContainText('CMake Error')
  await expect(linesOf(page).locator(':target')).toBeInViewport()
})

test('a search looks through the whole log, and steps from match to match over its pages', async ({
  page,
  dashboard,
}) => {
  await openDerivation(page, dashboard, 'opencv4')
  await page.getByRole('searchbox', { name: 'Search this log' }).fill('part_1.cc.o')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '1 line holds it' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search this log' }).fill('phase')
  await page.getByRole('search', { name: 'Log' }).getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^\d+ lines hold it$/ })).toBeVisible()
  await expect(linesOf(page).locator('[data-match]').first()).toContainText('match: Running phase: unpackPhase')
  await page.getByRole('button', { name: 'Next match' }).click()
  await expect(page).toHaveURL(/q=phase#L1$/)
  await page.getByRole('button', { name: 'Next match' }).click()
  await expect(page).toHaveURL(/q=phase#L4$/)

  await page.getByRole('searchbox', { name: 'Search this log' }).fill('part_1200.cc.o')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '1 line holds it' })).toBeVisible()
  await page.getByRole('button', { name: 'Previous match' }).click()
  await expect(page).toHaveURL(/q=part_1200\.cc\.o#L1208$/)
  await expect(linesOf(page).locator(':target')).toContainText('part_1200.cc.o')

  await page.getByRole('searchbox', { name: 'Search this log' }).fill('no such text')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No line holds that text')).toBeVisible()
})

test('a log that nobody asked for yet is read when one wants it', async ({ page, dashboard }) => {
  await openDerivation(page, dashboard, 'blender')
  await expect(page.getByText('This log was not read yet: nobody asked the source for it.')).toBeVisible()
  await page.getByRole('button', { name: 'Read the log now' }).click()
  await expect(page.getByText(/^The whole log\./)).toBeVisible()
  await expect(linesOf(page)).toContainText('post-installation fixup done')
})

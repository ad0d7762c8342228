import type { Page } from '@playwright/test'
import { findViolations } from './axe'
import { cardOf, cellOf, menuOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const BOTH = [WIDE, PHONE]

const STATES = [
  ['the matrix', BOTH, openMatrix],
  ['a matrix without rows', BOTH, (page) => page.goto('/?q=no+such+package')],
  ['the open card of a cell', BOTH, openCard],
  ['an open filter', BOTH, openFilter],
  ['the command palette', BOTH, (page) => openOverlay(page, 'Command palette')],
  ['the list of keys', [WIDE], (page) => openOverlay(page, 'Keyboard shortcuts')],
  ['the page of badges', BOTH, openBadges],
  ['a matrix badge being chosen', BOTH, (page) => page.goto('/badges?kind=matrix&package=blender&package=pytorch')],
  ['the page of ways of use', BOTH, (page) => page.goto('/use')],
  ['the caches', BOTH, (page) => page.goto('/caches')],
  ['explained store paths', BOTH, openExplained],
  ['triage with suspects and history unfolded', BOTH, openTriage],
  ['a diff with suspects unfolded', BOTH, openDiff],
  ['the pin', BOTH, (page) => page.goto('/pin')],
  ['what blocks a pin', BOTH, (page) => page.goto('/pin?branch=master&package=truecrack-cuda&q=torch')],
  ['the sync page', BOTH, (page) => page.goto('/sync')],
  ['the page of the API', BOTH, (page) => page.goto('/api')],
  ['the sign-in page', BOTH, (page) => page.goto('/sign-in')],
  ['an address that is not there', BOTH, (page) => page.goto('/no/such/page')],
] as const satisfies readonly (readonly [string, readonly object[], (page: Page) => Promise<unknown>])[]

for (const [what, sizes, open] of STATES) {
  test(`${what} passes WCAG 2.2 AA in light and dark${sizes.length > 1 ? ', on a desk and on a phone' : ''}`, async ({
    page,
    faults,
  }) => {
    faults.expect(/404/)
    test.setTimeout(60_000)
    for (const size of sizes) {
      await page.setViewportSize(size)
      await open(page)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
        expect(await findViolations(page), `${colorScheme}, ${size.width} px wide`).toEqual([])
      }
    }
  })
}

async function openCard(page: Page): Promise<void> {
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').click()
  await expect(cardOf(page, 'pytorch', 'master')).toBeVisible()
}

async function openOverlay(page: Page, name: string): Promise<void> {
  await openMatrix(page)
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.getByRole('dialog', { name })).toBeVisible()
}

async function openBadges(page: Page): Promise<void> {
  await page.goto('/badges?package=pytorch')
  await expect(page.getByRole('img', { name: 'Build status of pytorch' })).toBeVisible()
}

async function openTriage(page: Page): Promise<void> {
  await page.goto('/triage')
  const magma = page.getByRole('article', { name: 'magma', exact: true })
  await magma.locator('summary').filter({ hasText: 'Suspects on master' }).click()
  await magma.getByText(/^History/).click()
  await expect(magma.getByRole('region', { name: 'Bisect command' })).toBeVisible()
}

async function openDiff(page: Page): Promise<void> {
  await page.goto('/diff?branch=master')
  const magma = page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: 'magma-2.7.2' }) })
    .first()
  await magma.locator('summary').filter({ hasText: 'Suspects on master' }).click()
  await expect(magma.getByRole('region', { name: 'Bisect command' })).toBeVisible()
}

async function openFilter(page: Page): Promise<void> {
  await openMatrix(page)
  await menuOf(page.getByRole('form', { name: 'Filter packages' }), 'Status').click()
  await expect(page.getByRole('checkbox', { name: 'failed', exact: true })).toBeVisible()
}

async function openExplained(page: Page): Promise<void> {
  const paths = ['blender-3.99.drv', 'unit-mine.service.drv'].map((name) => `/nix/store/${'1'.repeat(32)}-${name}`)
  await page.goto(`/caches?${new URLSearchParams(paths.map((path) => ['path', path]))}`)
  await expect(page.getByText(/^2 paths: 1 another revision, 1 not in this set/)).toBeVisible()
}

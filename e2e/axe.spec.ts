import type { Page } from '@playwright/test'
import { findViolations } from './axe'
import { cardOf, cellOf, menuOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

const STATES: readonly (readonly [what: string, open: (page: Page) => Promise<unknown>])[] = [
  ['the matrix', (page) => openMatrix(page)],
  ['a matrix without rows', (page) => page.goto('/?q=no+such+package')],
  ['the open card of a cell', openCard],
  ['the sync page', (page) => page.goto('/sync')],
  ['the sign-in page', (page) => page.goto('/sign-in')],
]

const OVERLAYS: typeof STATES = [
  ['the command palette', (page) => openOverlay(page, 'Command palette')],
  ['the list of keys', (page) => openOverlay(page, 'Keyboard shortcuts')],
  ['an open filter', openFilter],
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const [what, open] of size === 'wide' ? [...STATES, ...OVERLAYS] : STATES) {
      test(`${what} passes WCAG 2.2 AA, ${colorScheme}, ${size}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize(viewport)
        await open(page)
        expect(await findViolations(page)).toEqual([])
      })
    }
  }
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

async function openFilter(page: Page): Promise<void> {
  await openMatrix(page)
  await menuOf(page.getByRole('form', { name: 'Filter packages' }), 'Status').click()
  await expect(page.getByRole('checkbox', { name: 'failed', exact: true })).toBeVisible()
}

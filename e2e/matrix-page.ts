import type { Locator, Page } from '@playwright/test'
import { expect } from './test'

/** Opens the matrix and waits until it answers to keys. */
export async function openMatrix(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}`)
  await expect(page.getByRole('grid')).toBeVisible()
}

/** The cell of a package on a branch, whatever it says. */
export function cellOf(page: Page, name: string, branch: string): Locator {
  return page.getByRole('link', { name: startingWith(`${name} on ${branch}: `) })
}

/** The packages in the order in which they are shown. */
export async function shownPackages(page: Page): Promise<string[]> {
  const names = await page
    .getByRole('row')
    .getByRole('button', { name: / in my packages$/ })
    .all()
  return Promise.all(
    names.map(async (one) => ((await one.getAttribute('aria-label')) ?? '').replace(/ in my packages$/, '')),
  )
}

/** The card of a cell, opened by click or Enter. */
export function cardOf(page: Page, name: string, branch: string): Locator {
  return page.getByRole('dialog', { name: `${name} on ${branch}`, exact: true })
}

export function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
}

/** What opens a list of checkboxes; browsers give a summary no role that a test could ask for. */
export function menuOf(form: Locator, name: string): Locator {
  return form.locator('summary').filter({ hasText: name })
}

/** What a reader sees as this page's count of packages. */
export function countLine(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: / packages$/ })
}

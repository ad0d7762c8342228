import type { Locator, Page } from '@playwright/test'
import { type Diff, DiffSchema } from '@/lib/contract/diff'
import type { Dashboard } from './dashboard'
import { expect, test } from './test'

async function readDiffJson({ url }: Dashboard, query: string): Promise<Diff> {
  return DiffSchema.parse(await (await fetch(`${url}/api/v1/diff?${query}`)).json())
}

const side = (page: Page, name: 'Before' | 'After', what: 'branch' | 'evaluation'): Locator =>
  page.getByRole('combobox', { name: `${name}: ${what}` })

test('the sides can be turned round, and the page says that it reads backwards then', async ({ page, dashboard }) => {
  const { from, to, summary } = await readDiffJson(dashboard, 'branch=master')
  await page.goto('/diff?branch=master')
  await expect(side(page, 'After', 'evaluation')).toHaveValue(to.id)
  await page.getByRole('link', { name: 'Swap', exact: true }).click()
  await expect(page).toHaveURL(`/diff?from=${to.id}&to=${from.id}`)
  await expect(side(page, 'Before', 'evaluation')).toHaveValue(to.id)
  await expect(side(page, 'After', 'evaluation')).toHaveValue(from.id)
  await expect(page.getByText('The right side is older than the left')).toBeVisible()
  const fixed = page.getByRole('navigation', { name: 'Changes by class' }).getByRole('listitem')
  await expect(fixed.filter({ hasText: 'newly fixed' })).toContainText(String(summary['newly-failing']))
  await page.goBack()
  await expect(side(page, 'After', 'evaluation')).toHaveValue(to.id)
})

test('the presets compare with the one before, the same day elsewhere, and the last good of a package', async ({
  page,
  dashboard,
}) => {
  const { from, to, presets } = await readDiffJson(dashboard, 'branch=nixos-unstable')
  await page.goto(`/diff?from=${to.id}&to=${to.id}`)
  await expect(page.getByText('Both sides are the same evaluation')).toBeVisible()
  await page.getByRole('link', { name: 'the one before' }).click()
  await expect(side(page, 'Before', 'evaluation')).toHaveValue(from.id)
  expect(presets.previous).toBe(from.id)

  const [elsewhere] = presets.sameDay
  await page.getByRole('link', { name: `${elsewhere?.branch}, same day` }).click()
  await expect(side(page, 'Before', 'branch')).toHaveValue(elsewhere?.branch ?? 'none')
  await expect(side(page, 'Before', 'evaluation')).toHaveValue(elsewhere?.evaluation ?? 'none')
  await expect(side(page, 'After', 'branch')).toHaveValue('nixos-unstable')

  const good = await readDiffJson(dashboard, `to=${to.id}&package=opencv4`)
  await page.getByLabel('the last good one of').fill('opencv4')
  await page.getByRole('button', { name: 'Go' }).click()
  await expect(page).toHaveURL(`/diff?to=${to.id}&package=opencv4`)
  await expect(side(page, 'Before', 'evaluation')).toHaveValue(good.from.id)
  await expect(page.getByRole('row', { name: /^opencv4 .*built/ })).toContainText('new')
})

test('the counts choose what is shown, and the undecided are never hidden in silence', async ({ page }) => {
  await page.goto('/diff?branch=master')
  const classes = page.getByRole('navigation', { name: 'Changes by class' })
  await classes.getByRole('link', { name: /still failing/ }).click()
  await expect(page).toHaveURL(/show=still-failing/)
  await expect(page.getByRole('heading', { name: /^Newly fixed/ })).toHaveCount(0)
  await classes.getByRole('link', { name: 'Show all' }).click()
  await expect(page).not.toHaveURL(/show=/)
})

test('suspects of a cause unfold in its block, and lead to the whole list', async ({ page }) => {
  await page.goto('/diff?branch=master')
  const magma = page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: 'magma-2.7.2' }) })
    .first()
  await magma.locator('summary').filter({ hasText: 'Suspects on master' }).click()
  await expect(magma).toContainText(/git bisect start [0-9a-f]{40} [0-9a-f]{40}/)
  await expect(magma.getByRole('link', { name: 'compare on GitHub' })).toHaveAttribute('href', /\/compare\//)
  await magma.getByRole('link', { name: 'on the page of magma' }).click()
  await expect(page).toHaveURL('/packages/magma#suspects-master')
  await expect(page.getByRole('heading', { name: 'Suspects' }).first()).toBeInViewport()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('suspects are a link to where they stand', async ({ page, faults }) => {
    faults.expect(/\(csp\)$/)
    await page.goto('/diff?branch=master')
    await page.getByRole('link', { name: 'Suspects on master' }).first().click()
    await expect(page).toHaveURL(/\/packages\/[^/]+#suspects-master$/)
  })
})

import type { Page } from '@playwright/test'
import { ADMIN_TOKEN } from './dashboard'
import { expect, test } from './test'

test.use({ installation: 'own triage.spec.ts' })

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in?returnTo=%2Ftriage')
  await page.getByLabel('Your name').fill('Grace')
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Triage' })).toBeVisible()
}

const causeOf = (page: Page, name: string) => page.getByRole('article', { name, exact: true })

test('suspects unfold beside a cause, for each branch that it breaks', async ({ page }) => {
  await page.goto('/triage')
  const magma = causeOf(page, 'magma')
  await magma.locator('summary').filter({ hasText: 'Suspects on master' }).click()
  await expect(magma).toContainText(/git bisect start [0-9a-f]{40} [0-9a-f]{40}/)
  await expect(magma.getByRole('listitem').filter({ hasText: /magma/ }).first()).toBeVisible()
  await magma.getByRole('link', { name: 'on the page of magma' }).click()
  await expect(page).toHaveURL('/packages/magma#suspects-master')
})

test('a note written right after one’s own acknowledgement is one’s own, and the history tells both', async ({
  page,
}) => {
  await signIn(page)
  const magma = causeOf(page, 'magma')
  await magma.getByText('Note and state').click()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/triage*', async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  await magma.getByRole('button', { name: 'Acknowledge' }).click()
  await magma.getByLabel('Note', { exact: true }).fill('on it')
  release()
  await expect(magma.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await expect(magma.getByLabel('Note', { exact: true })).toHaveValue('on it')
  await magma.getByRole('button', { name: 'Save note' }).click()
  await expect(magma.getByText('Saved.')).toBeVisible()
  await expect(magma).toContainText('acknowledged')

  await page.reload()
  await magma.getByText(/^History/).click()
  await expect(magma.getByRole('list', { name: 'History of magma' }).getByRole('listitem')).toHaveText([
    /Grace, note none →\s+to “on it”/,
    /Grace, state new →\s+to acknowledged/,
    /: the sync saw it first$/,
  ])
})

test('somebody else’s change is not hidden: it is refused once, and what was typed stays', async ({
  page,
  browser,
  dashboard,
}) => {
  await signIn(page)
  const other = await browser.newContext({ baseURL: dashboard.url })
  const second = await other.newPage()
  await signIn(second)
  const opencv = (one: Page) => causeOf(one, 'opencv')
  await opencv(second).getByText('Note and state').click()
  await opencv(second).getByLabel('Note', { exact: true }).fill('mine')
  await opencv(page).getByRole('button', { name: 'Acknowledge' }).click()
  await expect(opencv(page).getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await opencv(second).getByRole('button', { name: 'Save note' }).click()
  await expect(opencv(second).getByRole('alert')).toContainText('Nothing was saved; what you typed is kept.')
  await expect(opencv(second).getByLabel('Note', { exact: true })).toHaveValue('mine')
  await opencv(second).getByRole('button', { name: 'Save note' }).click()
  await expect(opencv(second).getByText('Saved.')).toBeVisible()
  await other.close()
})

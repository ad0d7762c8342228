import type { Page } from '@playwright/test'
import { findViolations } from './axe'
import { ADMIN_TOKEN } from './dashboard'
import { expect, test } from './test'
import { clearFaults, pushTo } from './world'

test.use({ installation: 'own live-sync.spec.ts' })
test.afterEach(({ dashboard }) => clearFaults(dashboard))

async function signIn(page: Page, token = ADMIN_TOKEN): Promise<void> {
  await page.goto('/sync')
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Your name').fill('Grace')
  await page.getByLabel('Admin token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a wrong token is refused in words, and the name stays typed', async ({ page }) => {
  await signIn(page, 'not the token')
  await expect(page.getByRole('alert').filter({ hasText: 'This is not the admin token.' })).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Grace')
  await page.goto('/sync')
  await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0)
})

test('who is signed in starts a sync, sees its progress live, and is named beside the run', async ({
  page,
  dashboard,
}) => {
  dashboard.upstreams.servers.herculesCi.faults.add({ kind: 'slow', ms: 1_000 })
  await signIn(page)
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(page.getByText('Started. Its progress is below.')).toBeVisible()
  await expect(page.getByText('A sync is running.')).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeVisible()

  const second = await dashboard.postSync()
  expect(second.status).toBe(409)
  expect(await second.json()).toMatchObject({ status: 409, id: (await dashboard.readSyncs()).runs[0]?.id })
  await page.getByRole('button', { name: 'Sync now' }).click()
  await expect(page.getByText('A sync runs already. Its progress is below.')).toBeVisible()

  clearFaults(dashboard)
  await expect(page.getByText('No sync is running.')).toBeVisible({ timeout: 20_000 })
  const newest = page
    .getByRole('table', { name: /^Past syncs/ })
    .getByRole('row')
    .nth(1)
  await expect(newest).toContainText(/Grace.*done/)
})

test('a sync that a bot asks for is accepted with its id', async ({ dashboard }) => {
  const response = await dashboard.postSync({ body: { source: 'nixpkgs-unfree' } })
  expect(response.status).toBe(202)
  const { id } = await response.json()
  await expect
    .poll(async () => (await dashboard.readSyncs()).runs[0])
    .toMatchObject({ id, status: 'done', trigger: 'api' })
})

test('an answer that cannot be read is told with address and reason, and stops nothing else', async ({
  page,
  dashboard,
}) => {
  const job = pushTo(dashboard, 'nixos-unstable')
  dashboard.upstreams.servers.herculesCi.faults.add({ kind: 'html', path: `/jobs/${job.id}/evaluation` })
  await dashboard.sync()
  await page.goto('/sync')
  const newest = page
    .getByRole('table', { name: /^Past syncs/ })
    .getByRole('row')
    .nth(1)
  await expect(newest).toContainText('ended with faults')
  await page
    .getByText(/^(One fault|\d+ faults)$/)
    .first()
    .click()
  await expect(page.getByText(`/api/v1/jobs/${job.id}/evaluation`).first()).toBeVisible()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /nixpkgs-unfree: .{10,}/ })
      .first(),
  ).toBeVisible()
  expect(await findViolations(page)).toEqual([])
})

test('signing out ends the session', async ({ page }) => {
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
  expect(await findViolations(page)).toEqual([])
  await page.goto('/sign-in')
  await expect(page.getByText('You are signed in as Grace.')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Admin token')).toBeVisible()
  await page.goto('/sync')
  await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0)
})

test('who is signed in signs out from every page', async ({ page }) => {
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
  await page.goto('/triage')
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(page).toHaveURL('/triage')
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
})

test('the session is kept where no script can read it, and is not sent to other sites', async ({ page, context }) => {
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
  const cookies = await context.cookies()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/) })
  expect(cookies[0]?.value).not.toContain('Grace')
})

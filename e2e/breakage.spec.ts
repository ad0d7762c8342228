import type { Page } from '@playwright/test'
import { readMatrixJson } from './api'
import { findViolations } from './axe'
import { ADMIN_TOKEN } from './dashboard'
import { cardOf, cellOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

test.use({ installation: 'own breakage.spec.ts' })

function heading(page: Page, name: string | RegExp) {
  return page.getByRole('heading', { level: 1, name })
}

test('a maintainer comes from the matrix to the cause, its log, the suspects, and a note', async ({ page }) => {
  test.setTimeout(60_000)
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').click()
  await cardOf(page, 'pytorch', 'master').getByRole('link', { name: 'magma-2.7.2' }).click()
  await expect(heading(page, 'magma-2.7.2')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Excerpt of the log' })).toContainText("'ptxas' died due to signal 11")

  await page.goto('/diff?branch=master')
  await expect(heading(page, 'Diff')).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/magma-2\.7\.2.*breaks \d+ attributes/s)

  await page.goto('/packages/pytorch')
  await expect(heading(page, 'pytorch')).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/git bisect start [0-9a-f]{40} [0-9a-f]{40}/)
  await expect(page.getByRole('link', { name: /magma/ }).first()).toBeVisible()

  await page.goto('/sign-in?returnTo=%2Ftriage')
  await page.getByLabel('Your name').fill('Grace')
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const magma = page.getByRole('article', { name: 'magma' })
  await expect(magma).toContainText('breaks 13 packages')
  await magma.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(magma.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  await magma.getByText('Note and state').click()
  await magma.getByLabel('Note', { exact: true }).fill('nvcc runs out of memory; see <b>the log</b>')
  await magma.getByRole('button', { name: 'Save note' }).click()
  await expect(magma.getByText('Saved.')).toBeVisible()
  await page.reload()
  await expect(magma).toContainText('nvcc runs out of memory; see <b>the log</b>')
  await expect(magma).toContainText('Grace')
})

test('an evaluation lists what it built, and its branch every evaluation', async ({ page, dashboard }) => {
  const { branches } = await readMatrixJson(dashboard, '?package=pytorch')
  const shown = branches.find(({ name }) => name === 'master')?.evaluation
  await page.goto('/branches/master')
  await expect(heading(page, 'master')).toBeVisible()
  await page
    .getByRole('link', { name: `#${shown?.index}` })
    .first()
    .click()
  await expect(page).toHaveURL(`/evaluations/${shown?.id}`)
  await expect(page.getByRole('main')).toContainText('defaultChecks.x86_64-linux.basic_python311Packages_torch')
})

test('what does not exist is said to be missing, with status 404', async ({ page, faults }) => {
  faults.expect(/404/)
  for (const path of ['/packages/no-such', '/branches/no-such', '/evaluations/no-such', '/derivations/no-such.drv']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
  }
})

test('what succeeds without a new derivation is marked as flapping wherever one judges it', async ({
  page,
  dashboard,
}) => {
  const katago = async () => (await readMatrixJson(dashboard, '?package=katago')).packages[0]?.cells.master
  const before = await katago()
  expect(before).toMatchObject({ status: 'failed', flapping: false })
  dashboard.upstreams.mutate({ action: 'retry', derivation: before?.derivation ?? '' })
  await dashboard.sync()
  expect(await katago()).toMatchObject({ derivation: before?.derivation, status: 'succeeded', flapping: true })

  await openMatrix(page)
  await cellOf(page, 'katago', 'master').click()
  await expect(cardOf(page, 'katago', 'master')).toContainText('flapping')
  await page.goto('/packages/katago')
  await expect(page.getByRole('row', { name: /^master/ }).first()).toContainText('flapping')
  await page.goto('/diff?branch=master')
  await expect(page.getByRole('row', { name: /^katago/ })).toContainText('flapping')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the pages of breakage pass WCAG 2.2 AA, ${colorScheme}, ${width} px wide`, async ({ page, dashboard }) => {
      test.setTimeout(90_000)
      const { packages, branches } = await readMatrixJson(dashboard, '?package=magma')
      const derivation = packages[0]?.cells.master?.derivation?.split('/').at(-1) ?? 'none'
      const evaluation = branches.find(({ name }) => name === 'master')?.evaluation?.id ?? 'none'
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      const paths = ['/diff?branch=master', '/triage', '/packages/pytorch', '/branches/master']
      for (const path of [...paths, `/evaluations/${evaluation}`, `/derivations/${derivation}`]) {
        await page.goto(path)
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
        expect(await findViolations(page), path).toEqual([])
        const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
        expect(await page.evaluate(isWide), `${path} scrolls sideways`).toBe(false)
      }
    })
  }
}

import type { Page } from '@playwright/test'
import { NoPinSchema, type Pin, PinSchema } from '@/lib/contract/pin'
import { findViolations } from './axe'
import type { Dashboard } from './dashboard'
import { expect, test } from './test'
import { clearFaults } from './world'

test.use({ installation: 'own pin.spec.ts' })
test.afterEach(({ dashboard }) => clearFaults(dashboard))

const BLENDER = 'branch=nixos-unstable&package=blender'

async function readPin({ url }: Dashboard, query: string): Promise<Pin> {
  const response = await fetch(`${url}/api/v1/pin?${query}`)
  expect(response.status, query).toBe(200)
  return PinSchema.parse(await response.json())
}

function cardOf(page: Page, branch: string) {
  return page.getByRole('region', { name: branch, exact: true })
}

test('one chooses packages and branches, and gets the revision that the API answers', async ({
  page,
  dashboard,
  faults,
}) => {
  faults.expect(/404/)
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Pin' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pin' })).toBeVisible()
  for (const name of ['pytorch', 'tensorflow', 'jax']) await page.getByRole('checkbox', { name, exact: true }).uncheck()
  await page.getByRole('searchbox', { name: 'Find more packages' }).fill('cudnn')
  await page.getByRole('checkbox', { name: 'cudnn', exact: true }).check()
  for (const name of ['master', 'nixpkgs-unstable', 'nixos-23.11']) {
    await page.getByRole('checkbox', { name, exact: true }).uncheck()
  }
  await expect(page).toHaveURL(/package=blender&package=cudnn/)
  const pin = await readPin(dashboard, `${BLENDER}&package=cudnn`)
  const card = cardOf(page, 'nixos-unstable')
  await expect(card.getByRole('link', { name: pin.revision.slice(0, 8), exact: true }).first()).toBeVisible()
  await expect(card.getByRole('row')).toContainText([/^Package/, /^blender/, /^cudnn/])
  await page.reload()
  await expect(card.getByRole('link', { name: pin.revision.slice(0, 8), exact: true }).first()).toBeVisible()
})

test('a snippet is copied, and a script may follow the archive', async ({ page, dashboard, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const pin = await readPin(dashboard, BLENDER)
  await page.goto(`/pin?${BLENDER}`)
  await page.getByRole('radio', { name: 'npins' }).check()
  await expect(page.getByRole('region', { name: /^flake\.nix/ })).toBeHidden()
  await page.getByRole('button', { name: /^Copy npins/ }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pin.snippets.npins)
  const link = page.getByRole('link', { name: 'archive that follows this pin' })
  const answer = await page.request.get((await link.getAttribute('href')) ?? '', { maxRedirects: 0 })
  expect(answer.status()).toBe(302)
  expect(answer.headers().location).toBe(`https://github.com/NixOS/nixpkgs/archive/${pin.revision}.tar.gz`)
})

test('the matrix and the page of a package lead to the pin', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: /^pin blender on / }).click()
  await expect(page).toHaveURL(/\/pin\?branch=[^&]+&package=blender$/)
  await page.goto('/packages/blender')
  await page.getByRole('link', { name: 'pin blender on nixos-unstable' }).click()
  await expect(page).toHaveURL(`/pin?${BLENDER}`)
})

test('what is evicted is seen when the caches are asked, and an older revision stands in', async ({
  page,
  dashboard,
}) => {
  const before = await readPin(dashboard, BLENDER)
  await page.goto(`/pin?${BLENDER}`)
  const card = cardOf(page, 'nixos-unstable')
  await expect(card.getByRole('link', { name: before.revision.slice(0, 8), exact: true }).first()).toBeVisible()
  const digests = before.outputs.map(({ path }) => (path ?? '').slice('/nix/store/'.length).slice(0, 32))
  for (const server of ['cachix', 'binaryCache'] as const) {
    dashboard.upstreams.servers[server].faults.add({ kind: 'evict', digests })
  }
  await card.getByRole('button', { name: 'Check the caches now' }).click()
  await expect(card.getByText('Checked just now.')).toBeVisible()
  const after = await readPin(dashboard, BLENDER)
  expect(after.revision).not.toBe(before.revision)
  await expect(card.getByRole('link', { name: after.revision.slice(0, 8), exact: true }).first()).toBeVisible()
  await expect(card).toContainText(/blender.*built, evicted/s)
  // The matrix says so at once, without a sync.
  await page.goto('/?package=blender')
  await expect(page.getByRole('link', { name: /^blender on nixos-unstable: built, evicted/ })).toBeVisible()
})

test('where nothing can be pinned the page says who blocks, and what is ready without', async ({
  page,
  dashboard,
  faults,
}) => {
  faults.expect(/404/)
  const query = 'branch=nixos-unstable&package=blender&package=truecrack-cuda'
  const none = NoPinSchema.parse(await (await fetch(`${dashboard.url}/api/v1/pin?${query}`)).json())
  expect(none.best).toMatchObject({ without: ['truecrack-cuda'], packages: ['blender'] })
  await page.goto(`/pin?${query}`)
  const card = cardOf(page, 'nixos-unstable')
  await expect(card).toContainText('No evaluated revision of nixos-unstable has blender and truecrack-cuda ready now')
  await expect(card).toContainText(/truecrack-cuda.*failed.*since/s)
  await card.getByRole('link', { name: 'blender is ready' }).click()
  await expect(page).toHaveURL(`/pin?${BLENDER}`)
  await expect(card.getByRole('link', { name: none.best?.revision.slice(0, 8) ?? 'none' }).first()).toBeVisible()
})

test('a cache that refuses makes nothing ready, and the page says which', async ({ page, dashboard, faults }) => {
  faults.expect(/404/)
  await page.goto(`/pin?${BLENDER}`)
  dashboard.upstreams.servers.cachix.faults.add({ kind: 'status', status: 403 })
  const card = cardOf(page, 'nixos-unstable')
  await card.getByRole('button', { name: 'Check the caches now' }).click()
  await expect(card).toContainText(/cuda-maintainers does not answer.*what it held counts as not ready/s)
  await expect(card).toContainText('No evaluated revision of nixos-unstable has blender ready now')
  expect(await findViolations(page)).toEqual([])
  clearFaults(dashboard)
  await card.getByRole('button', { name: 'Check the caches now' }).click()
  await expect(card).not.toContainText('does not answer')
  await expect(card.getByRole('table')).toBeVisible()
})

test('unknown names are told in words', async ({ page }) => {
  await page.goto('/pin?package=no-such&branch=master')
  await expect(cardOf(page, 'master')).toContainText('There is no package no-such')
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the pin passes WCAG 2.2 AA, ${colorScheme}, ${width} px wide`, async ({ page, faults }) => {
      faults.expect(/404/)
      test.setTimeout(60_000)
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      for (const path of ['/pin', `/pin?${BLENDER}`, '/pin?branch=master&package=truecrack-cuda&q=torch']) {
        await page.goto(path)
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
        expect(await findViolations(page), path).toEqual([])
        const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
        expect(await page.evaluate(isWide), `${path} scrolls sideways`).toBe(false)
      }
    })
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  // Chromium takes no nonce where scripts are off, and so refuses the scripts that nobody runs.
  test.beforeEach(({ faults }) => faults.expect(/\(csp\)$/))

  test('a form finds and chooses packages, and every snippet can be reached', async ({ page, dashboard }) => {
    await page.goto('/pin')
    await page.getByRole('searchbox', { name: 'Find more packages' }).fill('cudnn')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('checkbox', { name: 'cudnn', exact: true }).check()
    for (const name of ['pytorch', 'tensorflow', 'jax', 'blender', 'master', 'nixpkgs-unstable', 'nixos-23.11']) {
      await page.getByRole('checkbox', { name, exact: true }).uncheck()
    }
    await page.getByRole('button', { name: 'Show' }).click()
    const pin = await readPin(dashboard, 'branch=nixos-unstable&package=cudnn')
    await expect(page.getByRole('link', { name: pin.revision.slice(0, 8), exact: true }).first()).toBeVisible()
    await page.getByRole('radio', { name: 'nix shell' }).check()
    await expect(page.getByRole('region', { name: /^nix shell/ })).toContainText(pin.revision)
  })
})

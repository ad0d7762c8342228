import { UseSchema } from '@/lib/contract/use'
import { expect, test } from './test'

test('the page names this installation, and what it copies can be pasted', async ({ page, context, dashboard }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await page.getByRole('link', { name: 'Use', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Use' })).toBeVisible()
  const [cachix, mirror] = dashboard.upstreams.demoConfig().caches
  const nixos = page.getByRole('article', { name: /^On NixOS, in configuration.nix/ })
  for (const cache of [cachix, mirror]) {
    await expect(nixos.getByRole('region')).toContainText(cache?.url ?? 'no cache')
    await expect(nixos.getByRole('region')).toContainText(cache?.publicKeys[0] ?? 'no key')
  }
  await nixos.getByRole('button', { name: /^Copy/ }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${await nixos.getByRole('region').textContent()}\n`)
})

test('the snippets name the revision that the pin names, branch by branch', async ({ page, request }) => {
  for (const branch of ['nixos-unstable', 'nixpkgs-unstable']) {
    const use = UseSchema.parse(await (await request.get(`/api/v1/use?branch=${branch}`)).json())
    const pin = await request.get(`/api/v1/pin?branch=${branch}`)
    expect(use.pin?.revision ?? null).toBe(pin.ok() ? (await pin.json()).revision : null)
    await page.goto('/use')
    await page
      .getByRole('navigation', { name: 'Branch to follow' })
      .getByRole('link', { name: branch, exact: true })
      .click()
    await expect(page).toHaveURL(new RegExp(`branch=${branch}$`))
    const article = page.getByRole('article', { name: /^In a flake: import nixpkgs/ })
    await expect(article.getByRole('region')).toContainText(use.pin?.revision ?? `nixpkgs/${branch}`)
  }
})

test('its list of ways leads to each of them', async ({ page }) => {
  await page.goto('/use')
  const links = page.getByRole('navigation', { name: 'Ways of use' }).getByRole('link')
  await expect(links).toHaveCount(await page.getByRole('article').count())
  await links.filter({ hasText: 'trusted users' }).click()
  await expect(page.getByRole('article', { name: /trusted users/ })).toBeInViewport()
})

test('on a phone only the snippets scroll sideways, not the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/use')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test('the snippets are all there', async ({ page, faults }) => {
    // Chromium takes no nonce where scripts are off, and so refuses the scripts that nobody runs.
    faults.expect(/\(csp\)$/)
    await page.goto('/use')
    await expect(page.getByRole('article')).toHaveCount(13)
  })
})

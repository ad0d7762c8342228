import { readMatrixJson } from './api'
import { cardOf, cellOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

test('the card of a blocked cell tells cause, times, attribute, derivation, outputs and caches', async ({
  page,
  dashboard,
}) => {
  const { packages } = await readMatrixJson(dashboard, '?package=pytorch')
  const cell = packages[0]?.cells.master
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').click()
  const card = cardOf(page, 'pytorch', 'master')
  const revision = cell?.lastGood?.nixpkgsRevision?.slice(0, 8) ?? 'no revision'
  for (const text of [
    'blocked by magma',
    'magma-2.7.2 failed',
    `at nixpkgs ${revision}`,
    cell?.attribute ?? 'no attribute',
    cell?.derivation ?? 'no derivation',
    'x86_64-linux, basic',
    'cuda-maintainers: missing, asked',
    'mirror: missing, asked',
  ]) {
    await expect(card).toContainText(text)
  }
  await expect(card.locator(`time[datetime="${cell?.since?.at}"]`)).toHaveAttribute('title', / UTC$/)
  await expect(card.getByRole('link', { name: 'build and log' })).toHaveAttribute('href', cell?.url ?? 'no address')
})

test('attribute, derivation and store paths can be copied whole', async ({ page, context, dashboard }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const cell = (await readMatrixJson(dashboard, '?package=blender')).packages[0]?.cells.master
  await openMatrix(page)
  await cellOf(page, 'blender', 'master').click()
  const card = cardOf(page, 'blender', 'master')
  for (const [button, text] of [
    ['Copy attribute', cell?.attribute],
    ['Copy derivation', cell?.derivation],
    ['Copy store path of out', cell?.outputs?.find(({ name }) => name === 'out')?.path],
  ] as const) {
    await card.getByRole('button', { name: button, exact: true }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  }
})

test('an untrusted cache is named with the reason', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'lightgbm', 'master').click()
  await expect(cardOf(page, 'lightgbm', 'master')).toContainText(/: untrusted, asked .+ \(.{10,}\)/)
})

test('an address with an open cell opens its card', async ({ page }) => {
  await openMatrix(page, '?open=nixos-unstable:jax')
  await expect(cardOf(page, 'jax', 'nixos-unstable')).toContainText('blocked by')
})

test('a click elsewhere closes the card, a click on another cell moves it', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').click()
  await expect(cardOf(page, 'pytorch', 'master')).toBeVisible()
  await cellOf(page, 'pytorch', 'nixpkgs-unstable').click()
  await expect(cardOf(page, 'pytorch', 'nixpkgs-unstable')).toBeVisible()
  await expect(cardOf(page, 'pytorch', 'master')).toBeHidden()
  await page.getByRole('heading', { name: 'Build matrix' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a glance by pointer shows the card and takes no focus', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'tensorflow', 'master').hover()
  await expect(cardOf(page, 'tensorflow', 'master')).toBeVisible()
  await expect(page.locator(':focus')).toHaveCount(0)
  await page.mouse.move(5, 5)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

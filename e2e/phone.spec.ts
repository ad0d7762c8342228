import { cardOf, cellOf, openMatrix } from './matrix-page'
import { expect, test } from './test'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('a phone shows one branch at a time, and the choice stands in the address', async ({ page }) => {
  await openMatrix(page)
  await expect(cellOf(page, 'pytorch', 'master')).toBeVisible()
  await expect(cellOf(page, 'pytorch', 'nixos-unstable')).toBeHidden()
  const switcher = page.getByRole('navigation', { name: 'Branch shown' })
  await switcher.getByRole('link', { name: /^nixos-unstable/ }).tap()
  await expect(cellOf(page, 'pytorch', 'nixos-unstable')).toBeVisible()
  await expect(cellOf(page, 'pytorch', 'master')).toBeHidden()
  await expect(page).toHaveURL(/at=nixos-unstable/)
  await page.reload()
  await expect(cellOf(page, 'pytorch', 'nixos-unstable')).toBeVisible()
  await expect(switcher.getByRole('link', { name: /^nixos-unstable/ })).toHaveAttribute('aria-current', 'true')
})

for (const path of ['/', '/sync', '/sign-in', '/?q=no+such+package']) {
  test(`${path} does not scroll sideways on a phone`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const { content, window } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
    }))
    expect(content).toBeLessThanOrEqual(window)
  })
}

test('a tap opens the card, which fits on the screen', async ({ page }) => {
  await openMatrix(page)
  await cellOf(page, 'pytorch', 'master').tap()
  const card = cardOf(page, 'pytorch', 'master')
  await expect(card).toContainText('blocked by magma')
  const box = await card.boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(390)
})

test('the pages are reached from the folded navigation', async ({ page }) => {
  await openMatrix(page)
  const navigation = page.getByRole('navigation', { name: 'Pages' })
  await navigation.getByText('Pages', { exact: true }).tap()
  await navigation.getByRole('link', { name: 'Sync' }).tap()
  await expect(page.getByRole('heading', { name: 'Sync', level: 1 })).toBeVisible()
})

import type { Page } from '@playwright/test'
import { readMatrixJson } from './api'
import { countLine, menuOf, openMatrix, shownPackages } from './matrix-page'
import { expect, test } from './test'

const form = (page: Page) => page.getByRole('form', { name: 'Filter packages' })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search packages' })

async function checkIn(page: Page, menu: string, word: string): Promise<void> {
  await menuOf(form(page), menu).click()
  await form(page).getByRole('checkbox', { name: word, exact: true }).check()
}

const FILTERS: readonly (readonly [what: string, query: string, act: (page: Page) => Promise<unknown>])[] = [
  ['status', '?status=failed', (page) => checkIn(page, 'Status', 'failed')],
  ['changed only', '?changed=true', (page) => form(page).getByLabel('Changed only').check()],
  [
    'ready',
    '?ready=false',
    (page) => form(page).getByLabel('Ready', { exact: true }).selectOption('not ready somewhere'),
  ],
  ['variant', '?variant=intel', (page) => checkIn(page, 'Variant', 'intel')],
  ['text', '?q=torch', (page) => search(page).fill('torch')],
]

for (const [what, query, act] of FILTERS) {
  test(`filtering by ${what} shows what the JSON twin answers, in the address and after a reload`, async ({
    page,
    dashboard,
  }) => {
    const { packages, total } = await readMatrixJson(dashboard, query)
    const names = packages.map(({ name }) => name)
    const all = (await readMatrixJson(dashboard)).total
    expect(total).toBeGreaterThan(0)
    expect(total).toBeLessThan(all)
    await openMatrix(page)
    await act(page)
    await expect(countLine(page)).toHaveText(`${total} of ${all} packages`)
    expect(await shownPackages(page)).toEqual(names)
    await expect(page).toHaveURL((url) => url.search === query)
    await page.reload()
    await expect(page.getByRole('grid')).toBeVisible()
    expect(await shownPackages(page)).toEqual(names)
  })
}

test('filtering by the only system there is leaves every package', async ({ page, dashboard }) => {
  const { total } = await readMatrixJson(dashboard)
  await openMatrix(page)
  await checkIn(page, 'System', 'x86_64-linux')
  await expect(page).toHaveURL(/system=x86_64-linux/)
  await expect(countLine(page)).toHaveText(`${total} of ${total} packages`)
})

test('two filters narrow together, and Back leads to the filtered matrix again', async ({ page, dashboard }) => {
  const query = '?q=torch&status=dependency-failed'
  const names = (await readMatrixJson(dashboard, query)).packages.map(({ name }) => name)
  await openMatrix(page, query)
  expect(await shownPackages(page)).toEqual(names)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Sync' }).click()
  await expect(page.getByRole('heading', { name: 'Sync', level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('grid')).toBeVisible()
  expect(await shownPackages(page)).toEqual(names)
  await expect(search(page)).toHaveValue('torch')
})

test('sorting worst first orders as the JSON twin does and stands in the address', async ({ page, dashboard }) => {
  const names = (await readMatrixJson(dashboard, '?sort=status')).packages.map(({ name }) => name)
  expect(names).not.toEqual((await readMatrixJson(dashboard)).packages.map(({ name }) => name))
  await openMatrix(page)
  await form(page).getByLabel('Order').selectOption('worst first')
  await expect(page).toHaveURL(/sort=status/)
  await expect.poll(() => shownPackages(page)).toEqual(names)
})

test('a filter that leaves nothing says so, and one link clears it', async ({ page, dashboard }) => {
  const { total } = await readMatrixJson(dashboard)
  await openMatrix(page)
  await search(page).fill('no such package')
  await expect(page.getByRole('heading', { name: 'No package matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear all filters' }).click()
  await expect(countLine(page)).toHaveText(`${total} of ${total} packages`)
  await expect(page).toHaveURL((url) => url.search === '')
})

test('signs that databases take for wildcards find nothing but themselves', async ({ page }) => {
  await page.goto('/?q=%25')
  await expect(page.getByRole('heading', { name: 'No package matches' })).toBeVisible()
})

import { cellWord } from '@/lib/domain/cell-word'
import { readMatrixJson } from './api'
import { cellOf, openMatrix, shownPackages } from './matrix-page'
import { expect, test } from './test'

test('headline packages stand first, in the order of the configuration, the others follow by name', async ({
  page,
}) => {
  await openMatrix(page)
  const names = await shownPackages(page)
  expect(names.slice(0, 4)).toEqual(['pytorch', 'tensorflow', 'jax', 'blender'])
  const others = names.slice(4)
  expect(others.length).toBeGreaterThan(50)
  expect(others).toEqual([...others].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)))
})

test('every kind of state is told in words', async ({ page }) => {
  await openMatrix(page)
  for (const [name, branch, words] of [
    ['blender', 'master', /: ready\b/],
    ['pytorch', 'master', /: blocked by magma\b/],
    ['magma', 'master', /: failed\b/],
    ['python311Packages.mxnet', 'master', /: does not evaluate\b/],
    ['gpu-burn', 'master', /: built, not cached\b/],
    ['lightgbm', 'master', /: built, untrusted cache\b/],
    ['blender', 'nixos-23.11', /: \d d old,? was ready\b/],
  ] as const) {
    await expect(cellOf(page, name, branch)).toHaveAccessibleName(words)
  }
})

test('each cell says what its JSON twin says', async ({ page, dashboard }) => {
  const { branches, packages } = await readMatrixJson(dashboard)
  await openMatrix(page)
  const labels = await page
    .getByRole('gridcell')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.textContent.replace(/\s+/g, ' ')))
  const missing = branches.flatMap(({ name: branch, title, freshness }) =>
    packages.flatMap(({ name, cells }) => {
      const cell = cells[branch]
      const status = cell?.status ?? 'absent'
      const facts = { isReady: cell?.ready ?? false, presence: cell?.presence ?? 'unchecked', cause: null }
      // The name of the cause follows.
      const word = status === 'dependency-failed' ? 'blocked by ' : cellWord({ status, ...facts }).word
      const start = `${name} on ${title}: `
      const isTold = labels.some(
        (label) => label.startsWith(start) && label.includes(freshness === 'fresh' ? start + word : `was ${word}`),
      )
      return isTold ? [] : [`${start}${word}`]
    }),
  )
  expect(missing).toEqual([])
})

test('a column head tells age, ready rows, why it is stale and what is building', async ({ page }) => {
  await openMatrix(page)
  const master = page.getByRole('columnheader', { name: /^master/ })
  await expect(master).toContainText(/\d+ (h|d) ago/)
  await expect(master).toContainText(/\d+\/\d+ ready/)
  await expect(master).toContainText(/building #\d+/)
  await expect(page.getByRole('columnheader', { name: /^nixos-23\.11/ })).toContainText(
    'The newest finished evaluation is older than 48 hours.',
  )
})

test('a headline package names the revision on which it was last ready', async ({ page }) => {
  await openMatrix(page)
  await expect(page.getByRole('rowheader', { name: /^headline pytorch/ })).toContainText(
    /last ready revision on master: [0-9a-f]{8}/,
  )
})

test('the page says that it shows demo data, and when sources were last read', async ({ page }) => {
  await openMatrix(page)
  await expect(page.getByText('This is demo data.')).toBeVisible()
  await expect(page.getByText(/^Sources last read/)).toBeVisible()
})

test('words in the address that mean nothing are left out, not answered with a fault', async ({ page }) => {
  await openMatrix(page, '?status=purple&sort=random&offset=-5&ready=perhaps&changed=often&open=nothing&at=nowhere')
  expect((await shownPackages(page)).length).toBeGreaterThan(60)
})

test('an offset beyond the last row leads back, and says so', async ({ page, dashboard }) => {
  const { total } = await readMatrixJson(dashboard)
  await page.goto('/?offset=5000')
  await expect(page.getByText(`of ${total} packages`).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /^Previous/ }).first()).toBeVisible()
})

test('an address that is not there says so and leads to the matrix', async ({ page, faults }) => {
  faults.expect(/404/)
  const response = await page.goto('/no/such/page')
  expect(response?.status()).toBe(404)
  await page.getByRole('main').getByRole('link', { name: 'matrix' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
})

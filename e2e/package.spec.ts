import { PackageSchema } from '@/lib/contract/package'
import { expect, test } from './test'

test('the history of a package is a strip, and the same as a table for whoever cannot see it', async ({
  page,
  dashboard,
}) => {
  const answer = await fetch(`${dashboard.url}/api/v1/packages/pytorch`)
  const { branches } = PackageSchema.parse(await answer.json())
  const history = branches.find(({ name }) => name === 'master')?.history ?? []
  const good = history.filter(({ status }) => status === 'succeeded').length
  const label = `master: ${good} of the last ${history.length} evaluations succeeded`
  await page.goto('/packages/pytorch')
  await expect(page.getByRole('img', { name: label })).toBeVisible()
  await page.getByText(`all ${history.length} evaluations as a table`).first().click()
  const table = page.getByRole('table', { name: 'History on master, newest first' })
  await expect(table.getByRole('row')).toHaveCount(history.length + 1)
  const newest = history.at(-1)
  await expect(table.getByRole('row').nth(1)).toContainText(`#${newest?.evaluation.index}`)
  await table.getByRole('link', { name: `#${newest?.evaluation.index}` }).click()
  await expect(page).toHaveURL(`/evaluations/${newest?.evaluation.id}`)
})

import { readMatrixJson } from './api'
import { expect, test } from './test'
import { toEvaluation } from './upstreams/hercules-evaluation'
import { clearFaults, pushCorrupted } from './world'

test.use({ installation: 'own suspects.spec.ts' })
test.afterEach(({ dashboard }) => clearFaults(dashboard))

test('commits that wait for the host are told on the sync page, and read when one wants them', async ({
  page,
  dashboard,
}) => {
  const { packages } = await readMatrixJson(dashboard, '?package=blender')
  expect(packages[0]?.cells['nixos-unstable']?.status).toBe('succeeded')
  const path = '/repos/NixOS/nixpkgs/compare/'
  dashboard.upstreams.servers.github.faults.add({ kind: 'html', path })
  await pushCorrupted(dashboard, 'nixos-unstable', ({ upstreams }, job) => {
    const { attributes } = toEvaluation(upstreams.world, job)
    const faulty = attributes.find(({ value }) => !('Ok' in value))?.value ?? null
    const blender = attributes.findIndex(({ path }) => path.at(-1) === 'basic_blender')
    return { at: ['attributes', blender, 'value'], value: JSON.parse(JSON.stringify(faulty)) }
  })
  await page.goto('/sync')
  await expect(
    page.getByText(/ranges? of commits to suspect (is|are) not read yet; the next syncs go on/),
  ).toBeVisible()

  await page.goto('/packages/blender')
  const main = page.getByRole('main')
  await expect(main).toContainText('The commits of this range are not read yet; one of the next syncs reads them.')
  clearFaults(dashboard)
  await page.getByRole('button', { name: 'Read the commits now' }).click()
  await expect(main).toContainText(/commits? lies? between the last good and the first bad revision/)
  await expect(page.getByRole('button', { name: 'Read the commits now' })).toHaveCount(0)
})

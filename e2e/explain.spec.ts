import type { Page } from '@playwright/test'
import { AskedExplanationSchema, ExplanationSchema } from '@/lib/contract/explain'
import { readMatrixJson } from './api'
import { findViolations } from './axe'
import type { Dashboard } from './dashboard'
import { openMatrix } from './matrix-page'
import { expect, test } from './test'

const FOREIGN = '/nix/store/00000000000000000000000000000000-unit-mine.service.drv'
const HOSTILE = '<img src=x onerror="document.title=1">/nix/store/zzz-<b>no</b> \u001b[31m\u0000'

/** The derivation and the first output of a package on a branch. */
async function cellIn(dashboard: Dashboard, name: string, branch = 'master') {
  const { packages } = await readMatrixJson(dashboard, `?package=${name}`)
  const cell = packages.find((one) => one.name === name)?.cells[branch]
  if (!cell?.derivation) throw new Error(`${name} has no derivation on ${branch}`)
  return { derivation: cell.derivation, output: cell.outputs?.find(({ needed }) => needed)?.path ?? 'none' }
}

/** What Nix would print before building some packages of the demo. */
async function dryRun(dashboard: Dashboard): Promise<string> {
  const torch = await cellIn(dashboard, 'pytorch')
  const never = await cellIn(dashboard, 'gpu-burn')
  const foreign = await cellIn(dashboard, 'lightgbm')
  const blender = await cellIn(dashboard, 'blender')
  return [
    'building the system configuration...',
    'these 4 derivations will be built:',
    ...[
      torch.derivation,
      never.derivation,
      '/nix/store/11111111111111111111111111111111-blender-3.99.drv',
      FOREIGN,
    ].map((path) => `  ${path}`),
    'these 2 paths will be fetched (1.00 MiB download, 2.00 MiB unpacked):',
    `  ${foreign.output}`,
    `  ${blender.output}`,
    '',
  ].join('\n')
}

const box = (page: Page) => page.getByRole('region', { name: 'Why is it not cached?' })
const item = (page: Page, name: string | RegExp) => box(page).getByRole('listitem').filter({ hasText: name })

async function ask(page: Page, text: string): Promise<void> {
  await box(page).getByRole('textbox').fill(text)
  await box(page).getByRole('button', { name: 'Explain' }).click()
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })
    test.beforeEach(({ faults }) => {
      // Chromium takes no nonce where scripts are off, and so refuses the scripts that nobody runs.
      if (!javaScriptEnabled) faults.expect(/\(csp\)$/)
    })

    test('a pasted dry run is answered path by path, and leads on', async ({ page, dashboard }) => {
      const text = await dryRun(dashboard)
      await page.goto('/caches')
      await ask(page, text)
      await expect(box(page)).toContainText('6 paths: 1 untrusted, 1 not built, 1 built, never cached,')
      await expect(item(page, 'torch-')).toContainText('blocked by magma')
      await expect(item(page, 'gpu-burn')).toContainText('never seen in cuda-maintainers')
      await expect(item(page, 'lightgbm')).toContainText('signed, but by no key that is configured for this cache')
      await expect(item(page, 'blender-3.99')).toContainText(
        /Nearest here is blender-\d[\d.]* .*, an older version: nixpkgs/,
      )
      await expect(item(page, /blender-[\d.]+cached/)).toContainText('signed by cuda-maintainers-demo-1')
      await expect(item(page, 'unit-mine.service')).toContainText('not in this set')
      await expect(box(page).getByRole('textbox')).toHaveValue(/these 4 derivations/)

      await item(page, 'torch-').getByRole('link', { name: 'What to pin' }).click()
      await expect(page).toHaveURL(/\/pin\?branch=.*&package=pytorch/)
    })

    test('text of others stays text', async ({ page }) => {
      await page.goto('/caches')
      const title = await page.title()
      await ask(page, HOSTILE)
      await expect(box(page)).toContainText('There is no store path in that text.')
      await ask(page, `${HOSTILE}\n${FOREIGN}<script>document.title=2</script>`)
      await expect(item(page, 'unit-mine.service')).toBeVisible()
      await expect(box(page).locator('img, script, b')).toHaveCount(0)
      expect(await page.title()).toBe(title)
    })
  })
}

test('a store path in the search is explained, from the matrix and from elsewhere', async ({ page, dashboard }) => {
  const { output } = await cellIn(dashboard, 'blender')
  await openMatrix(page)
  await page.getByRole('searchbox', { name: 'Search packages' }).fill(output)
  await expect(page).toHaveURL(/\/caches\?path=%2Fnix%2Fstore%2F/)
  await expect(item(page, 'blender')).toContainText('cached')
  await expect(box(page)).toContainText('As stored: the caches were not asked now.')
  await page.goto('/sync')
  await page.getByRole('searchbox', { name: 'Search packages' }).fill(output)
  await page.keyboard.press('Enter')
  await expect(item(page, 'blender')).toContainText('cached')
})

test('a text that is too long is refused in words before it is sent', async ({ page }) => {
  await page.goto('/caches')
  await ask(page, FOREIGN.repeat(20_000))
  await expect(box(page)).toContainText('longer than a million characters')
  await expect(box(page).getByRole('listitem')).toHaveCount(0)
})

test('the JSON says the same, by address and for a piped text', async ({ dashboard }) => {
  const text = await dryRun(dashboard)
  const posted = await fetch(`${dashboard.url}/api/v1/explain`, { method: 'POST', body: text })
  const answer = AskedExplanationSchema.parse(await posted.json())
  expect(answer.paths.map(({ verdict }) => verdict)).toEqual([
    ...['not-built', 'never-cached', 'other-revision', 'not-in-set', 'untrusted', 'cached'],
  ])
  const query = new URLSearchParams(answer.paths.map(({ path }) => ['path', path]))
  const read = await fetch(`${dashboard.url}/api/v1/explain?${query}`)
  const stored = ExplanationSchema.parse(await read.json())
  expect(stored.paths.map(({ path }) => path)).toEqual(answer.paths.map(({ path }) => path))
  expect((await fetch(`${dashboard.url}/api/v1/explain?path=${encodeURIComponent(HOSTILE)}`)).status).toBe(400)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`explanations pass WCAG 2.2 AA, ${colorScheme}, ${width} px wide`, async ({ page, dashboard }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.goto('/caches')
      await ask(page, await dryRun(dashboard))
      await expect(item(page, 'torch-')).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      expect(await findViolations(page)).toEqual([])
      const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
      expect(await page.evaluate(isWide), 'scrolls sideways').toBe(false)
    })
  }
}

test('the palette explains a store path too', async ({ page, dashboard }) => {
  const { output } = await cellIn(dashboard, 'blender')
  await openMatrix(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText(output)
  await page.getByRole('option', { name: /^Why is blender-.* not cached\?$/ }).click()
  await expect(item(page, 'blender')).toContainText('cached')
})

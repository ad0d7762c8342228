import type { Locator, Page } from '@playwright/test'
import { ShieldsEndpointSchema } from '@/lib/contract/badge'
import { expect, test } from './test'

const MARKUPS = {
  Markdown: /^\[!\[.*\]\(.*\.svg.*\)\]\(.*\)$/,
  HTML: /^<a href=".*"><img src=".*" alt=".*"><\/a>$/,
  reStructuredText: /^\.\. image:: .*\n {3}:target: .*\n {3}:alt: .*$/,
  AsciiDoc: /^image:.*\[".*",link=".*"\]$/,
  Org: /^#\+ATTR_HTML: :alt .*\n\[\[.*\]\[.*\.svg\]\]$/,
}

test('a badge is chosen, seen as an image and copied in every markup', async ({ page, context, dashboard }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/badges')
  await expect(page.getByRole('link', { name: 'Badges', exact: true })).toHaveAttribute('aria-current', 'page')
  const form = page.getByRole('form', { name: 'Badge' })
  await form.getByRole('combobox', { name: 'Package', exact: true }).fill('pytorch')
  await form.getByRole('combobox', { name: 'Branch', exact: true }).selectOption('nixos-unstable')
  await form.getByRole('combobox', { name: 'Style' }).selectOption('flat-square')
  await form.getByRole('textbox', { name: 'Label' }).fill('torch & co')
  const chosen = 'branch=nixos-unstable&style=flat-square&package=pytorch&label=torch+%26+co'
  await expect(page).toHaveURL((url) => sorted(url.search.slice(1)) === sorted(chosen))
  const preview = page.getByRole('img', { name: 'Build status of pytorch on nixos-unstable' })
  await expect(preview).toHaveAttribute('src', '/badge/nixos-unstable/pytorch.svg?label=torch+%26+co&style=flat-square')
  await expectLoaded(preview)
  // Where no public address is configured it is this machine's.
  const address = `http://localhost:${new URL(dashboard.url).port}/badge/nixos-unstable/pytorch.svg?label=torch`
  for (const [name, pattern] of Object.entries(MARKUPS)) {
    await page.getByRole('button', { name: `Copy the badge as ${name}` }).click()
    const copied = await readClipboard(page, pattern)
    expect(copied).toContain(address)
    expect(copied).toContain('/packages/pytorch')
  }
})

test('a matrix of chosen packages and branches is one image that says every place', async ({ page, dashboard }) => {
  await page.goto('/badges?kind=matrix')
  await expectLoaded(page.getByRole('img', { name: 'Build status of headline packages by branch' }))
  const add = page.getByRole('combobox', { name: 'Add a package' })
  await add.fill('blender')
  await add.fill('no such thing')
  await add.press('Enter')
  await expect(page.getByRole('list', { name: 'Chosen packages' }).getByRole('listitem')).toHaveText([
    'blender',
    'no such thing',
  ])
  const preview = page.getByRole('img', { name: 'Build status of blender, no such thing by branch' })
  await expectLoaded(preview)
  const svg = await (await fetch(dashboard.url + (await preview.getAttribute('src')))).text()
  expect(svg).toContain('no such thing: master no such package, nixos-unstable no such package')
  await page.getByRole('link', { name: 'Leave out no such thing' }).click()
  await expect(page).toHaveURL(/kind=matrix&package=blender$/)
})

for (const [kind, path] of [
  ['ready', '/badge/ready.svg?branch=nixos-unstable'],
  ['pin', '/badge/pin.svg?branch=nixos-unstable'],
] as const) {
  test(`the ${kind} badge of a branch shows what is known now`, async ({ page, dashboard }) => {
    await page.goto(`/badges?kind=${kind}&branch=nixos-unstable`)
    const preview = page.locator(`img[src="${path}"]`)
    await expectLoaded(preview)
    const json = await (await fetch(dashboard.url + path.replace('.svg', '.json'))).json()
    const { message } = ShieldsEndpointSchema.parse(json)
    expect(message).toMatch(
      kind === 'ready' ? /^\d+\/\d+ ready$/ : /^cached at [0-9a-f]{7}, .* old$|^no cached revision$/,
    )
  })
}

test('the page of a package has its badges, over all branches and of each', async ({ page }) => {
  await page.goto('/packages/pytorch')
  const badges = page.getByRole('region', { name: 'Badges', exact: true })
  const images = badges.getByRole('img')
  await expect(images).toHaveCount(5)
  for (const image of await images.all()) await expectLoaded(image)
  await badges.getByRole('link', { name: 'Other styles, labels and markups' }).click()
  await expect(page.getByRole('combobox', { name: 'Package', exact: true })).toHaveValue('pytorch')
})

test('a badge says what the matrix says, is sent once, and may be read by any site', async ({ dashboard }) => {
  const address = `${dashboard.url}/badge/master/pytorch.svg`
  const answer = await fetch(address)
  expect(await answer.text()).toContain('<title>pytorch on master: broken dependency</title>')
  expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=300')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const again = await fetch(address, { headers: { 'if-none-match': answer.headers.get('etag') ?? 'none' } })
  expect(again.status).toBe(304)
  const release = await (await fetch(`${dashboard.url}/badge/nixos-23.11/pytorch.svg`)).text()
  expect(release).toBe(await (await fetch(`${dashboard.url}/badge/release/pytorch.svg`)).text())
})

test('names with odd signs reach the badge whole, and a wrong extension is a problem', async ({ dashboard }) => {
  const odd = encodeURIComponent('a/b c%"<é>')
  for (const path of [`/badge/${odd}.svg`, `/badge/master/${odd}.svg`]) {
    const answer = await fetch(dashboard.url + path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/<title>a\/b c%&quot;&lt;é&gt;( on master)?: no such package<\/title>/)
  }
  const wrong = await fetch(`${dashboard.url}/badge/master/pytorch.png`)
  expect(wrong.status).toBe(404)
  expect(wrong.headers.get('content-type')).toMatch(/^application\/problem\+json/)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test.beforeEach(({ faults }) => faults.expect(/\(csp\)$/))

  test('the form is sent by its button', async ({ page }) => {
    await page.goto('/badges?kind=matrix&package=blender')
    await page.getByRole('combobox', { name: 'Add a package' }).fill('pytorch')
    await page.getByRole('combobox', { name: 'Style' }).selectOption('flat-square')
    await page.getByRole('button', { name: 'Show' }).click()
    const preview = page.getByRole('img', { name: /^Build status of .*blender.* by branch$/ })
    await expect(preview).toHaveAttribute('alt', /pytorch/)
    await expectLoaded(preview)
  })
})

function sorted(query: string): string {
  return query.split('&').sort().join('&')
}

async function expectLoaded(image: Locator): Promise<void> {
  await expect(image).toHaveJSProperty('complete', true)
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(50)
}

async function readClipboard(page: Page, pattern: RegExp): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(read).toMatch(pattern)
  return read()
}

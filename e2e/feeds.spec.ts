import { atomFaults } from '@/lib/testing/atom'
import { expect, test } from './test'

/** The texts of elements of that name, in their order. */
const textsOf = (document: string, name: string) =>
  [...document.matchAll(new RegExp(`<${name}[^>]*>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`, 'g'))].map(
    ([, text = '']) => text,
  )

/** The part of the first entry whose title matches. */
function entryOf(document: string, title: RegExp): string {
  return textsOf(document, 'entry').find((entry) => title.test(textsOf(entry, 'title')[0] ?? '')) ?? ''
}

for (const [page, feed] of [
  ['/', '/feed.atom'],
  ['/triage', '/feed.atom'],
  ['/branches/nixos-unstable', '/feed/nixos-unstable.atom'],
  ['/packages/pytorch', '/feed/packages/pytorch.atom'],
] as const) {
  test(`a reader finds the feed of ${page} by itself, and it is valid`, async ({ page: browser, request }) => {
    await browser.goto(page)
    const link = browser.locator('link[rel="alternate"][type="application/atom+xml"]')
    const href = (await link.getAttribute('href')) ?? ''
    expect(new URL(href).pathname).toBe(feed)
    const answer = await request.get(feed)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toBe('application/atom+xml; charset=utf-8')
    const document = await answer.text()
    expect(await atomFaults(document)).toEqual([])
    const ids = textsOf(document, 'id')
    expect(ids.length).toBeGreaterThan(1)
    expect(new Set(ids).size).toBe(ids.length)
    const times = textsOf(document, 'entry').map((entry) => textsOf(entry, 'updated')[0] ?? '')
    expect(times).toEqual(times.toSorted().reverse())
  })
}

test('a maintainer follows an entry to what broke, why, and what changed', async ({ page, request, dashboard }) => {
  await page.goto('/branches/nixos-unstable')
  await expect(page.getByRole('link', { name: 'Atom feed' })).toHaveAttribute('href', '/feed/nixos-unstable.atom')
  const document = await (await request.get('/feed/nixos-unstable.atom')).text()
  const entry = entryOf(document, /pytorch and \d+ more broke on nixos-unstable: magma-[\d.]+ failed/)
  expect(entry).toContain('Root cause: magma-')
  expect(entry).toMatch(/<pre>[\s\S]+<\/pre>/)
  expect(entry).toContain('Changes of nixpkgs between the two')
  // The feed names the public address; the test's server listens elsewhere.
  const links = [...entry.matchAll(/href="(http:\/\/localhost[^"]*)"/g)].map(([, href = '']) =>
    href
      .replaceAll('&#38;', '&')
      .replaceAll('&amp;', '&')
      .replace(/^http:\/\/localhost:\d+/, dashboard.url),
  )
  expect(links.length).toBeGreaterThan(5)
  for (const href of new Set(links)) expect((await request.get(href)).status(), href).toBe(200)
  await page.goto(links[0] ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('magma')
})

test('an entry is the same in each feed, and a package hears of nothing else', async ({ request }) => {
  const idsOf = async (path: string) => textsOf(await (await request.get(path)).text(), 'id')
  const [all, pytorch] = [await idsOf('/feed/nixos-unstable.atom'), await idsOf('/feed/packages/pytorch.atom')]
  expect(pytorch[0]).not.toBe(all[0])
  expect(pytorch.slice(1).filter((id) => all.includes(id)).length).toBeGreaterThan(0)
  const document = await (await request.get('/feed/packages/pytorch.atom')).text()
  for (const entry of textsOf(document, 'entry')) expect(entry).toContain('/packages/pytorch"')
})

test('a reader that holds the feed downloads nothing, and other sites may read it', async ({ request }) => {
  const first = await request.get('/feed.atom')
  const { etag = '', 'last-modified': date = '', ...headers } = first.headers()
  expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=300')
  expect(headers['access-control-allow-origin']).toBe('*')
  expect((await request.get('/feed.atom', { headers: { 'if-none-match': etag } })).status()).toBe(304)
  expect((await request.get('/feed.atom', { headers: { 'if-modified-since': date } })).status()).toBe(304)
})

test('what is no feed says which there are', async ({ request }) => {
  for (const path of ['/feed/nowhere.atom', '/feed/packages/nothing.atom', '/feed/nixos-unstable.rss', '/feed/x']) {
    const answer = await request.get(path)
    expect(answer.status(), path).toBe(404)
    expect(answer.headers()['content-type']).toBe('application/problem+json')
  }
})

import { expect, test } from './test'
import { pushTo } from './world'

test.use({ installation: 'own feeds-live.spec.ts' })

test('what leaves the caches is told once, and nothing is told twice', async ({ request, dashboard }) => {
  test.setTimeout(240_000)
  const entries = async (kind: string) => {
    const document = await (await request.get('/feed/nixos-unstable.atom')).text()
    return document.split('<entry>').filter((entry) => entry.includes(`<category term="${kind}"/>`))
  }
  const before = await entries('evicted')
  dashboard.upstreams.mutate({ action: 'collect-garbage' })
  await dashboard.sync()
  const [entry, ...more] = await entries('evicted')
  expect(more.length).toBe(before.length)
  expect(entry).toMatch(/gone from the caches on nixos-unstable/)
  const all = await (await request.get('/feed.atom')).text()
  await dashboard.sync()
  expect(await (await request.get('/feed.atom')).text()).toBe(all)
})

test('a push that repairs what was broken is told by the next sync', async ({ request, dashboard }) => {
  test.setTimeout(240_000)
  const feed = async () => (await (await request.get('/feed/master.atom')).text()).split('<entry>').slice(1)
  const before = await feed()
  pushTo(dashboard, 'master')
  await dashboard.sync()
  const after = await feed()
  const known = new Set(before.map((entry) => /<id>(.*)<\/id>/.exec(entry)?.[1]))
  const fresh = after.filter((entry) => !known.has(/<id>(.*)<\/id>/.exec(entry)?.[1]))
  expect(fresh.length).toBeGreaterThan(0)
  for (const entry of fresh) expect(entry).toMatch(/(broke|build again|builds again|gone from the caches) on master/)
})

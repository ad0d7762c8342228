import { z } from 'zod'
import { findViolations } from './axe'
import { ADMIN_TOKEN, type Dashboard } from './dashboard'
import { expect, test } from './test'
import { clearFaults, pushTo } from './world'

test.use({ installation: 'own notifications.spec.ts' })
test.afterEach(({ dashboard }) => clearFaults(dashboard))

const NoticeSchema = z.object({
  type: z.string(),
  data: z.object({ title: z.string(), url: z.string(), event: z.object({ key: z.string() }).nullable() }),
})

/** What the receiver of the demo has taken, newest first. */
async function takenBy({ upstreams }: Dashboard): Promise<z.infer<typeof NoticeSchema>[]> {
  return z.array(NoticeSchema).parse(await (await fetch(`${upstreams.addresses.webhook}/hook`)).json())
}

async function receiverOf(dashboard: Dashboard) {
  const [receiver] = (await dashboard.readSyncs()).receivers
  if (receiver === undefined) throw new Error('nobody is notified')
  return receiver
}

test('what changes is sent again until the receiver takes it, once, and the sync page shows how that goes', async ({
  page,
  dashboard,
}) => {
  test.setTimeout(240_000)
  dashboard.upstreams.servers.webhook.faults.add({ kind: 'status', status: 503, method: 'POST', times: 1 })
  pushTo(dashboard, 'master')
  dashboard.upstreams.mutate({ action: 'collect-garbage' })
  await dashboard.sync()
  await expect.poll(async () => (await receiverOf(dashboard)).failing?.reason ?? null).toBe('answered HTTP 503')
  await page.goto('/sync')
  const section = page.getByRole('region', { name: 'Notifications' })
  await expect(section.getByRole('listitem').first()).toContainText(/team webhook 127\.0\.0\.1:\d+/)
  await expect(section).toContainText(/An attempt has failed: answered HTTP 503\. Tried again/)
  expect(await findViolations(page)).toEqual([])

  // The first wait is half a minute, give or take a half.
  await expect.poll(async () => (await receiverOf(dashboard)).waiting, { timeout: 120_000 }).toBe(0)
  const taken = await takenBy(dashboard)
  expect(taken.length).toBeGreaterThan(0)
  const keys = taken.map(({ data }) => data.event?.key)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { data } of taken) expect(data.url).toContain(`${dashboard.url}/`.replace('127.0.0.1', 'localhost'))

  await page.reload()
  await expect(section).toContainText(/Last sent/)
  await expect(section).not.toContainText('Tried again')
  await section.getByText(/^The last (attempt|\d+ attempts)$/).click()
  await expect(section).toContainText(taken[0]?.data.title ?? 'nothing')
  await expect(section.getByRole('button', { name: /^Send a test/ })).toHaveCount(0)
  expect(await findViolations(page)).toEqual([])
})

test('who is signed in sends a test, which says whether it arrived', async ({ page, dashboard }) => {
  await page.goto('/sign-in?returnTo=/sync')
  await page.getByLabel('Your name').fill('Grace')
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const button = page.getByRole('button', { name: 'Send a test to team' })
  await button.click()
  const section = page.getByRole('region', { name: 'Notifications' })
  await expect(section.getByText('Sent.', { exact: true })).toBeVisible()
  expect((await takenBy(dashboard))[0]).toMatchObject({ type: 'test', data: { event: null } })

  dashboard.upstreams.servers.webhook.faults.add({ kind: 'reset', method: 'POST' })
  await button.click()
  await expect(section.getByText(/^Not sent: no connection/)).toBeVisible()
  expect(await findViolations(page)).toEqual([])
})

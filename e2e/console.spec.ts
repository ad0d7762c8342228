import { watchFaults } from './console'
import { expect, test } from './test'

const OWN_PAGE = '/healthz'

test.describe('a fault in the browser', () => {
  test.fail('fails a test that looks at nothing but passes: a console error', async ({ page }) => {
    await page.goto(OWN_PAGE)
    await page.evaluate(() => console.error('a stray error'))
  })

  test.fail('fails a test that looks at nothing but passes: a console warning', async ({ page }) => {
    await page.goto(OWN_PAGE)
    await page.evaluate(() => console.warn('a stray warning'))
  })

  test.fail('fails a test that looks at nothing but passes: an uncaught error', async ({ page }) => {
    await page.goto(OWN_PAGE)
    await Promise.all([
      page.waitForEvent('pageerror'),
      page.evaluate(() => {
        setTimeout(() => {
          throw new Error('nobody catches this')
        })
      }),
    ])
  })
})

test('the watcher names console errors, warnings, uncaught errors, refused answers and refused scripts', async ({
  browser,
  dashboard,
}) => {
  const context = await browser.newContext()
  const faults = watchFaults(context)
  const page = await context.newPage()
  await page.goto(`${dashboard.url}/api/v1/matrix?limit=none`)
  await page.goto(`${dashboard.url}/sign-in`)
  await page.evaluate(() => {
    console.error('told as an error')
    console.warn('told as a warning')
    document.body.insertAdjacentHTML('beforeend', '<b id="refused" onclick="document.title=\'ran\'">refused</b>')
    document.getElementById('refused')?.click()
    setTimeout(() => {
      throw new Error('thrown')
    })
  })
  await expect.poll(() => faults.list().join('\n')).toContain('uncaught: thrown')
  const all = faults.list().join('\n')
  for (const words of ['answer 400', 'told as an error', 'told as a warning', 'Content Security Policy']) {
    expect(all).toContain(words)
  }
  faults.expect(/./)
  expect(faults.list()).toEqual([])
  await expect(page).not.toHaveTitle('ran')
  await context.close()
})

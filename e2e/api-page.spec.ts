import { OPERATIONS } from '@/lib/contract/openapi/operations'
import { checkAnswer } from '@/lib/contract/testing/check-answer'
import { expect, test } from './test'

test('a person finds the API from the navigation, reads an operation and tries its example', async ({
  page,
  dashboard,
}) => {
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'API' }).click()
  await expect(page).toHaveURL('/api')
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'GET /api/v1/matrix' }).click()
  const operation = page.getByRole('article', { name: 'GET /api/v1/matrix' })
  await expect(operation).toBeInViewport()
  await expect(operation.getByRole('row', { name: /^limit query integer 500/ })).toBeVisible()
  await operation.getByText('What the answer holds').click()
  await operation.getByRole('link', { name: 'MatrixBranch' }).click()
  await expect(page.getByRole('article', { name: 'MatrixBranch', exact: true })).toBeInViewport()

  const example = await operation.getByText(/^curl -s/).textContent()
  const address = /'http:\/\/[^/]+(\/[^']+)'/.exec(example ?? '')?.[1]
  await checkAnswer('GET /api/v1/matrix', await fetch(`${dashboard.url}${address}`))
})

test('the page shows every operation of the document, also without JavaScript and on a phone', async ({
  browser,
  dashboard,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${dashboard.url}/api`)
  for (const { on } of OPERATIONS) {
    await expect(page.getByRole('article', { name: on, exact: true })).toBeVisible()
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
  await context.close()
})

import { expect, it } from 'vitest'
import { readReadiness } from './readiness'

it('takes a database that does not answer for an answer', async () => {
  expect(await readReadiness(() => Promise.reject(new Error('refused')))).toEqual({
    database: false,
    migrations: false,
  })
})

it('tells a database without the migrations from a ready one', async () => {
  expect(await readReadiness(async () => false)).toEqual({ database: true, migrations: false })
  expect(await readReadiness(async () => true)).toEqual({ database: true, migrations: true })
})

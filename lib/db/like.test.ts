import fc from 'fast-check'
import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { containsText, escapeLike } from './like'
import { queryRows, text } from './rows'
import { sql } from './sql'

const ATTRIBUTES = ['python3Packages.torch', 'cuda_cudart', 'cudaXcudart', '100%', 'a\\b', "it's", 'Blender']

describeOnBothDatabases('containsText', (fresh) => {
  it('finds exactly the texts that contain the words, ASCII letters of either case alike', async () => {
    const db = await fresh()
    await db.meta.createMany({ data: ATTRIBUTES.map((key) => ({ key, value: '' })) })
    const find = async (words: string) => {
      const rows = await queryRows(db, sql`SELECT "key" FROM "Meta" WHERE ${containsText('"key"', words)}`, {
        key: text,
      })
      return rows.map(({ key }) => key).sort()
    }
    expect(await find('blEND')).toEqual(['Blender'])
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('_', '%', '\\', 'a_c', '0%', '', "'", 'TORCH', 'a\\', '\\b'), async (words) => {
        const expected = ATTRIBUTES.filter((name) => name.toLowerCase().includes(words.toLowerCase()))
        expect(await find(words)).toEqual(expected.sort())
      }),
      { numRuns: 20 },
    )
  })
})

it('leaves text without wildcards as it is', () => {
  expect(escapeLike('python3Packages.torch')).toBe('python3Packages.torch')
  expect(escapeLike('a_b%c\\')).toBe('a\\_b\\%c\\\\')
})

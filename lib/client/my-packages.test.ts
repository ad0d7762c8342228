import { expect, it } from 'vitest'
import { parsePackages } from './my-packages'

it.each([
  ['nothing stored', null, []],
  ['a list of names', '["pytorch","jax"]', ['pytorch', 'jax']],
  ['what is not JSON', '[pytorch', []],
  ['another shape', '{"a":1}', []],
  ['a list with other things in it', '["jax",1,null,""]', ['jax']],
])('reads %s', (_name, stored, names) => {
  expect(parsePackages(stored)).toEqual(names)
})

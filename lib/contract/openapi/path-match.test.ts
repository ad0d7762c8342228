import { describe, expect, it } from 'vitest'
import { methodsOf } from './path-match'

describe('methodsOf', () => {
  it.each([
    ['/api/v1/matrix', 'GET, HEAD, OPTIONS'],
    ['/api/v1/sync', 'GET, HEAD, POST, OPTIONS'],
    ['/api/v1/packages/python3Packages.torch', 'GET, HEAD, OPTIONS'],
    ['/api/v1/packages/a%2Fb/suspects', 'GET, HEAD, POST, OPTIONS'],
  ])('of %s are %s', (path, methods) => {
    expect(methodsOf(path)?.join(', ')).toBe(methods)
  })

  it.each(['/', '/api/v1', '/api/v1/matrix/', '/api/v1/packages/a/b', '/apiXv1/matrix'])(
    'knows nothing of %s',
    (path) => {
      expect(methodsOf(path)).toBeNull()
    },
  )
})

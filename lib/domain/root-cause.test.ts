import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FailedDerivation, maskMessage, rootsOf } from './root-cause'

function graph(edges: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, FailedDerivation> {
  return new Map(
    Object.entries(edges).map(([path, failedDependencies]) => [
      path,
      { status: failedDependencies.length === 0 ? 'failed' : 'dependency-failed', failedDependencies },
    ]),
  )
}

describe('rootsOf', () => {
  it('goes through any number of levels', () => {
    expect(rootsOf('vision', graph({ vision: ['torch'], torch: ['magma'], magma: ['cuda'], cuda: [] }))).toEqual([
      'cuda',
    ])
  })

  it('names a cause once, however many ways lead to it', () => {
    expect(rootsOf('top', graph({ top: ['a', 'b'], a: ['magma'], b: ['magma', 'nccl'], magma: [], nccl: [] }))).toEqual(
      ['magma', 'nccl'],
    )
  })

  it('lets a derivation that failed by itself name itself', () => {
    expect(rootsOf('magma', graph({ magma: [] }))).toEqual(['magma'])
    const failed = { status: 'failed', failedDependencies: ['old'] } as const
    const timedOut = { status: 'timed-out', failedDependencies: ['old'] } as const
    const nodes = new Map<string, FailedDerivation>([
      ['top', { status: 'dependency-failed', failedDependencies: ['magma', 'slow'] }],
      ['magma', failed],
      ['slow', timedOut],
    ])
    expect(rootsOf('magma', nodes)).toEqual(['magma'])
    expect(rootsOf('top', nodes)).toEqual(['magma', 'slow'])
  })

  it('takes a dependency that the graph does not describe for a root', () => {
    expect(rootsOf('top', graph({ top: ['unknown'] }))).toEqual(['unknown'])
    expect(rootsOf('top', graph({}))).toEqual(['top'])
  })

  it('ends on a cycle, and names the derivation itself when nothing else is to be found', () => {
    expect(rootsOf('a', graph({ a: ['b'], b: ['a'] }))).toEqual(['a'])
    expect(rootsOf('a', graph({ a: ['b'], b: ['a', 'magma'], magma: [] }))).toEqual(['magma'])
  })

  it('names no derivation that succeeded since', () => {
    const nodes = new Map<string, FailedDerivation>([
      ['top', { status: 'dependency-failed', failedDependencies: ['retried', 'magma'] }],
      ['retried', { status: 'succeeded', failedDependencies: [] }],
      ['magma', { status: 'failed', failedDependencies: [] }],
    ])
    expect(rootsOf('top', nodes)).toEqual(['magma'])
    nodes.delete('magma')
    nodes.set('top', { status: 'dependency-failed', failedDependencies: ['retried'] })
    expect(rootsOf('top', nodes)).toEqual(['top'])
  })

  it('walks chains and fans of any size', () => {
    const chain = Array.from({ length: 10_000 }, (_, level) => [`level-${level}`, [`level-${level + 1}`]] as const)
    expect(rootsOf('level-0', graph(Object.fromEntries(chain)))).toEqual(['level-10000'])
    const leaves = Array.from({ length: 200_000 }, (_, leaf) => `leaf-${leaf}`)
    expect(rootsOf('top', graph({ top: leaves }))).toEqual(leaves)
  })

  it('finds some root of every graph, each once, none that is blocked by others', () => {
    const path = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    fc.assert(
      fc.property(path, fc.dictionary(path, fc.array(path, { maxLength: 4 })), (start, edges) => {
        const roots = rootsOf(start, graph(edges))
        expect(roots.length).toBeGreaterThan(0)
        expect(new Set(roots).size).toBe(roots.length)
        for (const root of roots) expect(root === start || (edges[root] ?? []).length === 0).toBe(true)
      }),
    )
  })
})

describe('maskMessage', () => {
  it('makes the same fault read the same on another day', () => {
    const message = (digest: string, line: number) =>
      `\n  error: builder for '/nix/store/${digest}-magma-2.6.2.drv' failed at line ${line}\n  last lines`
    const masked = maskMessage(message('0c7sgx9yx1dgi07yqdqi8ikj5fi8n8ml', 12))
    expect(masked).toBe("error: builder for '/nix/store/…-magma-#.#.#.drv' failed at line #")
    expect(maskMessage(message('1c7sgx9yx1dgi07yqdqi8ikj5fi8n8ml', 345))).toBe(masked)
  })

  it('masks hashes whole, since their letters change as well', () => {
    const mismatch = (hash: string) => `error: hash mismatch, specified: sha256-${hash}`
    expect(maskMessage(mismatch('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='))).toBe(
      'error: hash mismatch, specified: sha#-#',
    )
    const revision = (text: string) => maskMessage(`error: commit ${text} of nixpkgs is gone`)
    expect(revision('8cc8a5a')).toBe('error: commit # of nixpkgs is gone')
    expect(revision('3299423ee5595ec6f3c1a0d9a2b8c7d6e5f40312')).toBe(revision('8cc8a5a'))
    expect(revision('1234567')).toBe(revision('8cc8a5a'))
  })

  it('is short, however long the line', () => {
    expect(maskMessage('so '.repeat(100_000)).length).toBeLessThanOrEqual(300)
  })

  it('finds what went wrong below a trace', () => {
    const trace = "error:\n       … while evaluating 'name'\n\n       error: Package ‘cudnn’ is marked as broken\n"
    expect(maskMessage(trace)).toBe('error: Package ‘cudnn’ is marked as broken')
    expect(maskMessage('error:\n  attribute missing')).toBe('attribute missing')
    expect(maskMessage('error:')).toBe('error:')
  })

  it('drops the colours of a terminal', () => {
    const esc = String.fromCharCode(27)
    expect(maskMessage(`${esc}[31;1merror:${esc}[0m undefined variable`)).toBe('error: undefined variable')
  })

  it('is one line without digits, and empty for an empty message', () => {
    expect(maskMessage(' \n\t\n')).toBe('')
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskMessage(text)).not.toMatch(/[0-9\n\r]/)
        expect(maskMessage(maskMessage(text))).toBe(maskMessage(text))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareName, derivationName, parseDrvName, parseStorePath } from './derivation-name'

const DIGEST = '0c7sgx9yx1dgi07yqdqi8ikj5fi8n8ml'

describe('parseDrvName', () => {
  it.each([
    ['python3.9-pytorch-1.11.0', 'python3.9-pytorch', '1.11.0'],
    ['magma-2.6.2', 'magma', '2.6.2'],
    ['cudatoolkit-11.5-cudnn-8.3.2', 'cudatoolkit', '11.5-cudnn-8.3.2'],
    ['x-1-', 'x', '1-'],
    ['x--', 'x', '-'],
    ['blender', 'blender', ''],
    ['cuda_nvcc-11.5.119', 'cuda_nvcc', '11.5.119'],
    ['nix-0.12pre12876', 'nix', '0.12pre12876'],
    ['a-b-1-c-2', 'a-b', '1-c-2'],
    ['x--1', 'x', '-1'],
    ['x-_1', 'x', '_1'],
    ['source-unstable-2022-04-01', 'source-unstable', '2022-04-01'],
    ['x-', 'x-', ''],
    ['', '', ''],
  ])('splits %s as builtins.parseDrvName does', (text, name, version) => {
    expect(parseDrvName(text)).toEqual({ name, version })
  })

  it('loses nothing but the hyphen between the two', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '1', '-', '.', '_') }), (text) => {
        const { name, version } = parseDrvName(text)
        expect(version === '' ? name : `${name}-${version}`).toBe(text)
        expect(version).not.toMatch(/^[A-Za-z]/)
      }),
    )
  })
})

describe('parseStorePath', () => {
  it('takes digest and name apart', () => {
    expect(parseStorePath(`/nix/store/${DIGEST}-python3.9-pytorch-1.11.0.drv`)).toEqual({
      digest: DIGEST,
      name: 'python3.9-pytorch-1.11.0.drv',
    })
    expect(parseStorePath(`/nix/store/${DIGEST}-.hidden+a_b?c=d`)?.name).toBe('.hidden+a_b?c=d')
    expect(parseStorePath(`/nix/store/${DIGEST}-${'x'.repeat(211)}`)?.name).toHaveLength(211)
  })

  it.each([
    `/nix/store/${DIGEST}-`,
    `/nix/store/${DIGEST}`,
    `/nix/store/${DIGEST}-${'x'.repeat(212)}`,
    `/nix/store/${DIGEST}-.`,
    `/nix/store/${DIGEST}-..`,
    `/nix/store/${DIGEST}-.-x`,
    `/nix/store/${DIGEST}-..-x`,
    `/nix/store/${DIGEST}-a b`,
    `/nix/store/${DIGEST}-a/b`,
    `/nix/store/${DIGEST}-a\n`,
    `/nix/store/${DIGEST.replace('0', 'e')}-x`,
    `/nix/store/../${DIGEST}-x`,
    `${DIGEST}-x`,
    '',
  ])('refuses %j', (text) => {
    expect(parseStorePath(text)).toBeNull()
  })
})

describe('derivationName', () => {
  it('drops digest and .drv', () => {
    expect(derivationName(`/nix/store/${DIGEST}-magma-2.6.2.drv`)).toBe('magma-2.6.2')
    expect(derivationName(`/nix/store/${DIGEST}-magma-2.6.2`)).toBe('magma-2.6.2')
  })

  it('lets a text that is no store path stand for itself', () => {
    expect(derivationName('something else')).toBe('something else')
  })
})

describe('bareName', () => {
  it.each([
    ['magma-2.6.2', 'magma'],
    ['python3.9-pytorch-1.11.0', 'pytorch'],
    ['cuda_nvcc', 'cuda_nvcc'],
  ])('reads %s as %s', (name, bare) => {
    expect(bareName(name)).toBe(bare)
  })
})

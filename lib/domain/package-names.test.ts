import { describe, expect, it } from 'vitest'
import { namesInSubject, namesOfAttribute, namesOfDerivation, setOfAttribute, setOfDerivation } from './package-names'

describe('the names of a package', () => {
  it.each([
    ['python3.11-torch-2.2.2', ['python3.11-torch', 'torch']],
    ['cuda12.2-nccl-2.20.3-1', ['cuda12.2-nccl', 'nccl']],
    ['magma-2.7.2', ['magma']],
    ['python3.11-tensorflow-gpu-2.13.0', ['python3.11-tensorflow-gpu', 'tensorflow-gpu', 'tensorflow']],
    ['python3-3.11.9', ['python3']],
    ['python3.11-opensfm-unstable-2023-12-09', ['python3.11-opensfm', 'opensfm']],
    ['llama-cpp-2901', ['llama-cpp']],
    ['', []],
  ])('come from the derivation %s: %j', (name, names) => {
    expect(namesOfDerivation(name)).toEqual(names)
  })

  it.each([
    ['python3Packages.torch', ['torch']],
    ['python311Packages.tensorflowWithCuda', ['tensorflowwithcuda', 'tensorflow']],
    ['python3Packages."a.b"', ['b']],
    ['blender', ['blender']],
  ])('come from the attribute %s: %j', (attribute, names) => {
    expect(namesOfAttribute(attribute)).toEqual(names)
  })

  it('are the same however nixpkgs spells a version or an underscore', () => {
    expect(namesInSubject('magma_2_7_2')).toContain('magma')
    expect(namesInSubject('opencv4')).toEqual(['opencv4', 'opencv'])
    expect(namesInSubject('x264')).toEqual(['x264'])
    expect(namesInSubject('python3Packages.pytorch_lightning')).toContain(namesOfAttribute('pytorch-lightning')[0])
  })
})

describe('the set of a package', () => {
  it.each([
    ['cuda12.2-nccl-2.20', 'cuda'],
    ['python3.11-torch-2.2.2', 'python'],
    ['magma-2.7.2', null],
  ])('of the derivation %s is %s', (name, set) => {
    expect(setOfDerivation(name)).toBe(set)
  })

  it.each([
    ['cudaPackages', 'cuda'],
    ['cudaPackages_12_2', 'cuda'],
    ['python311Packages', 'python'],
    ['python3Packages.torch', null],
    ['linux', null],
  ])('that %s is as a whole is %s', (attribute, set) => {
    expect(setOfAttribute(attribute)).toBe(set)
  })
})

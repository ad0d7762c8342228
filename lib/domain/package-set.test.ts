import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitPackageSet } from './package-set'

describe('splitPackageSet', () => {
  it.each([
    ['python39Packages_pytorch', 'python39Packages', 'pytorch'],
    ['python3Packages_pytorch-lightning', 'python3Packages', 'pytorch-lightning'],
    ['python39Packages_foo_bar', 'python39Packages', 'foo_bar'],
    ['cudaPackages_cudnn', 'cudaPackages', 'cudnn'],
    ['cudaPackages_11_5_cuda_nvcc', 'cudaPackages_11_5', 'cuda_nvcc'],
    ['linuxPackages_nvidia_x11', 'linuxPackages', 'nvidia_x11'],
    ['linuxPackages_5_15_nvidia_x11', 'linuxPackages_5_15', 'nvidia_x11'],
    ['linuxPackages_xanmod_latest_nvidia_x11', 'linuxPackages_xanmod_latest', 'nvidia_x11'],
    ['gst_all_1_gst-plugins-bad', 'gst_all_1', 'gst-plugins-bad'],
    ['obs-studio-plugins_obs-vkcapture', 'obs-studio-plugins', 'obs-vkcapture'],
    ['deepin_deepin-editor', 'deepin', 'deepin-editor'],
  ])('splits %s after its package set', (joined, set, member) => {
    expect(splitPackageSet(joined, [])).toEqual([set, member])
  })

  it.each(['cuda_nvcc', 'blender', 'gst_all_1', 'python39Packages_', 'cudaPackages_11_5', '_x', ''])(
    'keeps %j as one name',
    (joined) => {
      expect(splitPackageSet(joined, [])).toEqual([joined])
    },
  )

  it('splits after configured sets, whose * stands for a version but not for a member', () => {
    const more = ['luaPackages*', 'my_set']
    expect(splitPackageSet('luaPackages_cjson_x', more)).toEqual(['luaPackages', 'cjson_x'])
    expect(splitPackageSet('luaPackages_5_4_cjson', more)).toEqual(['luaPackages_5_4', 'cjson'])
    expect(splitPackageSet('my_set_tool', more)).toEqual(['my_set', 'tool'])
  })

  it('loses nothing but the _ between the two', () => {
    const part = fc.constantFrom('python39Packages', 'cudaPackages', '11', '5', 'gst', 'all', '1', 'x', 'deepin', '')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(splitPackageSet(parts.join('_'), ['x*']).join('_')).toBe(parts.join('_'))
      }),
    )
  })
})

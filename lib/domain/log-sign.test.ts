import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_SIGNS, signOf } from './log-sign'

describe('signOf', () => {
  it.each([
    'many.c:3:46: error: request for member in something not a structure or union',
    "error: hash mismatch in fixed-output derivation '/nix/store/x.drv':",
    'bash: line 5: nvcc: command not found',
    "ModuleNotFoundError: No module named 'hatchling'",
    "main.c:(.text+0x11): undefined reference to `cbrt_of'",
    "error: builder for '/nix/store/x.drv' failed with exit code 137",
    "error: builder for '/nix/store/x.drv' failed to produce output path for output 'out' at '/nix/store/y'",
    '/nix/store/x-binutils/bin/ld: warning: libsodium.so.23, needed by libzmq.so, not found (try using -rpath)',
    'Hunk #1 FAILED at 7.',
    './main.go:12:2: undefined: foo',
    "error: builder for '/nix/store/x.drv' failed due to signal 9 (Killed)",
    'do not know how to unpack source archive /nix/store/x',
    "terminate called after throwing an instance of 'std::runtime_error'",
    "error[E0463]: can't find crate for `std`",
    "nvcc fatal   : Unsupported gpu architecture 'compute_35'",
  ])('takes %j for a cause', (line) => {
    expect(signOf(line)).toBe('cause')
  })

  it.each([
    "many.c:2:24: warning: unused variable 'error'",
    '    2 | int unused(void) { int error = 0; return 1; }',
    'test_error_is_raised (__main__.Sums.test_error_is_raised) ... ok',
    'error (ignored): error: cannot unlink',
    'checking for a missing compiler... not found',
    'trace: error: a trace is not the cause',
    'g++ -Werror=error -c error.cc -o error.o',
    'x.py:2: DeprecationWarning: error: not the cause',
    '[ERROR] Re-run Maven using the -X switch to enable full debug logging.',
    '71 passed in 3.20s',
  ])('lets %j pass', (line) => {
    expect(signOf(line)).toBe('nothing')
  })

  it.each([
    ['make[2]: *** [x.make:79: basic.cc.o] Error 1', 'consequence'],
    ['ninja: build stopped: subcommand failed.', 'consequence'],
    ['error: could not compile `x` (bin "x") due to 6 previous errors; 57 warnings emitted', 'consequence'],
    ['collect2: error: ld returned 1 exit status', 'consequence'],
    ["error: builder for '/nix/store/x.drv' failed with exit code 1", 'report'],
    ["error: 1 dependencies of derivation '/nix/store/x.drv' failed to build", 'report'],
    ['error: something that no other rule knows', 'error'],
    ['tar: x: No such file or directory', 'symptom'],
  ])('takes %j for a sign of the kind %s', (line, sign) => {
    expect(signOf(line)).toBe(sign)
  })

  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(LOG_SIGNS).toContain(signOf(line))
      }),
    )
  })
})

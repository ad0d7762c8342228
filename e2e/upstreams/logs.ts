import type { Attempt, Build } from './builds'
import type { FailureLog } from './incidents'
import { between, uuidOf } from './random'
import type { World } from './world'

const ESC = '\u001b'
const RED = `${ESC}[01;31m${ESC}[K`
const RESET = `${ESC}[m${ESC}[K`

// The last lines of a failed build, as its tools print them. `{name}` is the derivation name without `.drv`.
const ENDINGS: Record<FailureLog, readonly string[]> = {
  'unsupported-gpu': [
    `${ESC}[32mBuilding CUDA object CMakeFiles/kernels.dir/src/reduce.cu.o${ESC}[0m`,
    `${RED}nvcc fatal   : Unsupported gpu architecture 'compute_35'${RESET}`,
    'ninja: build stopped: subcommand failed.',
  ],
  ptxas: [
    '/build/source/magmablas/zgemm_batched_core.cu',
    `${RED}nvcc error   : 'ptxas' died due to signal 11 (Invalid memory reference)${RESET}`,
    'make[2]: *** [CMakeFiles/magma.dir/build.make:16341: CMakeFiles/magma.dir/magmablas/zgemm_fermi.cu.o] Error 139',
    'make[1]: *** [CMakeFiles/Makefile2:312: CMakeFiles/magma.dir/all] Error 2',
    'make: *** [Makefile:136: all] Error 2',
  ],
  'compiler-crash': [
    'ERROR: /build/source/tensorflow/core/kernels/BUILD:2714:18: Compiling tensorflow/core/kernels/cwise_op_gpu.cu.cc failed: (Exit 1): crosstool_wrapper_driver_is_not_gcc failed',
    `tensorflow/core/kernels/cwise_ops_gpu_common.cu.h:107:61: ${RED}internal compiler error:${RESET} Segmentation fault`,
    'Please submit a full bug report, with preprocessed source (by using -freport-bug).',
    'INFO: Elapsed time: 2291.402s, Critical Path: 411.18s',
    'FAILED: Build did NOT complete successfully',
  ],
  tests: [
    '=================================== FAILURES ===================================',
    '_________________________ test_reduce_over_many_ranks __________________________',
    `${ESC}[1m${ESC}[31mE       AssertionError: assert 3.999998 == 4.0 ± 4.0e-07${ESC}[0m`,
    '=========================== short test summary info ============================',
    'FAILED tests/test_collectives.py::test_reduce_over_many_ranks - AssertionError',
    `${ESC}[31m================== ${ESC}[1m1 failed${ESC}[0m, 318 passed, 12 skipped in 211.08s ==================`,
  ],
  cmake: [
    `${ESC}[31mCMake Error at CMakeLists.txt:418 (find_package):${ESC}[0m`,
    '  By not providing "FindCUDAToolkit.cmake" in CMAKE_MODULE_PATH this project',
    '  has asked CMake to find a package configuration file provided by',
    '  "CUDAToolkit", but CMake did not find one.',
    '-- Configuring incomplete, errors occurred!',
  ],
  'import-check': [
    'Executing pythonImportsCheckPhase',
    'Check whether the following modules can be imported: {name}',
    'Traceback (most recent call last):',
    '  File "<string>", line 1, in <module>',
    "ModuleNotFoundError: No module named 'distutils'",
  ],
  'out-of-memory': [
    `${RED}c++: fatal error: Killed signal terminated program cc1plus${RESET}`,
    'compilation terminated.',
    'ninja: build stopped: subcommand failed.',
  ],
  hash: [
    "error: hash mismatch in fixed-output derivation '/nix/store/{name}-source.drv':",
    '         specified: sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    '            got:    sha256-9dJmdUYBGLkqvdMbAhqHzQxIS0TxJqNQw5ekzzDSVVI=',
  ],
}

// One log is longer than a page of it.
const UNITS = new Map([['opencv4', { count: 1_480, step: 1 }]])

function startOf(build: Build): readonly string[] {
  const { spec, name } = build.derivation
  const { count, step } = UNITS.get(spec.name) ?? { count: 24, step: 37 }
  const units = Array.from(
    { length: count },
    (_, index) =>
      `[${index * step + Math.max(1, Math.round(step * 0.3))}/${count * step}] Building CXX object CMakeFiles/${spec.name}.dir/src/part_${index}.cc.o`,
  )
  return [
    'Running phase: unpackPhase',
    `unpacking source archive /nix/store/${name}-source`,
    'source root is source',
    'Running phase: patchPhase',
    'Running phase: configurePhase',
    '-- The CUDA compiler identification is NVIDIA 12.2.140',
    'Running phase: buildPhase',
    ...units,
  ]
}

function endOf(build: Build, attempt: Attempt): readonly string[] {
  if (attempt.endedAt === null) return []
  if (attempt.state === 'BuildSuccess')
    return [
      'Running phase: installPhase',
      'Running phase: fixupPhase',
      'shrinking RPATHs of ELF executables and libraries',
      'post-installation fixup done',
    ]
  const { incident, name } = build.derivation
  return ENDINGS[incident?.log ?? 'cmake'].map((line) => line.replace('{name}', name))
}

/** The log of one attempt. */
export function toLog(build: Build, attempt: Attempt) {
  const lines = [...startOf(build), ...endOf(build, attempt)]
  const lastMs = (attempt.endedAt ?? (attempt.startedAt ?? 0) + 60_000) - (attempt.startedAt ?? 0)
  const msOf = (index: number) =>
    Math.round((lastMs * (index + between(`${attempt.logId}:${index}`, 0, 1))) / lines.length)
  return {
    id: attempt.logId,
    lines: lines.map((line, i) => ({ i, ms: msOf(i), t: line })),
    done: attempt.endedAt !== null,
  }
}

/** The attempt that a log id names, or the newest that has a log. */
export function attemptOf(build: Build, logId: string | null): Attempt | undefined {
  return build.attempts.findLast((attempt) => attempt.startedAt !== null && (logId === null || attempt.logId === logId))
}

/** The log of an evaluation. */
export function toEvaluationLog(world: World, evaluationId: string) {
  const lines = [
    "fetching Git repository 'https://github.com/SomeoneSerge/nixpkgs-unfree.git'",
    'trace: warning: cudaPackages.autoAddOpenGLRunpathHook is deprecated',
  ]
  return {
    id: uuidOf(`${evaluationId}:log`),
    lines: lines.map((line, i) => ({
      i,
      ms: Math.round(between(`${world.seed}:${evaluationId}:${i}`, i, i + 1) * 2000),
      t: line,
    })),
    done: true,
  }
}

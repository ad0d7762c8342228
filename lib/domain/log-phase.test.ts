import { describe, expect, it } from 'vitest'
import { phaseOf } from './log-phase'

describe('phaseOf', () => {
  it.each([
    ['Running phase: buildPhase', 'buildPhase'],
    ['Running phase: pythonRuntimeDepsCheckHook', 'pythonRuntimeDepsCheckHook'],
    ['@nix { "action": "setPhase", "phase": "checkPhase" }', 'checkPhase'],
    ['Executing pythonImportsCheckPhase', 'pythonImportsCheckPhase'],
    ['pythonCatchConflictsPhase', 'pythonCatchConflictsPhase'],
    ['unpacking sources', 'unpackPhase'],
    ['post-installation fixup', 'fixupPhase'],
  ])('of %j is %s', (line, phase) => {
    expect(phaseOf(line)).toBe(phase)
  })

  it.each([
    'Finished executing pypaBuildPhase',
    'building CXX object',
    'installing /nix/store/x',
    'error: buildPhase',
    '',
  ])('does not begin with %j', (line) => {
    expect(phaseOf(line)).toBeNull()
  })
})

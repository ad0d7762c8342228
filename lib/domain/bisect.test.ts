import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bisectCommand } from './bisect'

const GOOD = 'a'.repeat(40)
const BAD = 'b'.repeat(40)
const CONFIG = '{ allowUnfree = true; rocmSupport = true; }'

/** What a shell hands to git, call by call. */
function callsOf(command: string): string[][] {
  const git = `git() { printf 'git\\0'; for word in "$@"; do printf '%s\\0' "$word"; done; }`
  const output = execFileSync('sh', ['-c', `${git}\n${command}`], { encoding: 'utf8' })
  return output
    .split('git\0')
    .slice(1)
    .map((words) => words.split('\0').slice(0, -1))
}

describe('bisectCommand', () => {
  it('starts between the revisions and builds the attribute in the checkout', () => {
    const attribute = 'python3Packages.torch'
    expect(bisectCommand({ good: GOOD, bad: BAD, attribute, system: 'x86_64-linux', config: CONFIG })).toBe(
      `git bisect start ${BAD} ${GOOD} && git bisect run nix-build . -I nixpkgs=. -A python3Packages.torch ` +
        `--argstr system x86_64-linux --arg config '${CONFIG}' --no-out-link`,
    )
  })

  it('hands every name to the build as one word, whatever a shell would make of it', () => {
    const hostile = fc.oneof(
      fc.constantFrom(`'; touch /tmp/x; '`, '$(reboot)', '`id`', '-A', '=ls', '~root', 'a\\', '*', "it's", '!!', '&&'),
      fc.string({ minLength: 1 }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', ' ', ';', '`', '!', '{', '}'), minLength: 1 }),
    )
    fc.assert(
      fc.property(hostile, hostile, (attribute, system) => {
        const command = bisectCommand({ good: GOOD, bad: BAD, attribute, system, config: CONFIG }) ?? ''
        const [start, run] = callsOf(command)
        expect(start).toEqual(['bisect', 'start', BAD, GOOD])
        expect(run?.slice(2, 9)).toEqual(['nix-build', '.', '-I', 'nixpkgs=.', '-A', attribute, '--argstr'])
        expect(run?.slice(9, 11)).toEqual(['system', system])
        expect(run?.slice(11)).toEqual(['--arg', 'config', CONFIG, '--no-out-link'])
      }),
      { numRuns: 60 },
    )
  })

  it.each(['a\nb', 'a\u001b[2Jb', 'a\u0000', 'a\u202eb', ''])('makes no line of the attribute %j', (attribute) => {
    expect(bisectCommand({ good: GOOD, bad: BAD, attribute, system: null, config: CONFIG })).toBeNull()
  })

  it('makes no line of what is no revision', () => {
    expect(bisectCommand({ good: 'master', bad: BAD, attribute: 'a', system: null, config: CONFIG })).toBeNull()
    expect(bisectCommand({ good: GOOD, bad: `${BAD}; id`, attribute: 'a', system: null, config: CONFIG })).toBeNull()
  })
})

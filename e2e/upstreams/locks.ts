import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { digestOf } from './random'

const FIXTURE = new URL('../../fixtures/nixpkgs-unfree-locks.json', import.meta.url)
const LAST_UPDATE = '2024-05-22'
const WINDOW_UPDATES = 68

const PinSchema = z.object({ ref: z.string().nullable(), rev: z.string(), lastModified: z.number() })
const LocksSchema = z.object({
  updates: z.array(z.object({ commit: z.string(), date: z.string(), inputs: z.record(z.string(), PinSchema) })),
})

/** The four columns of the demo, in the order in which the daily task pushed them. */
export const BRANCHES = ['master', 'nixos-unstable', 'nixpkgs-unstable', 'release'] as const
export type Branch = (typeof BRANCHES)[number]

/** The upstream branch that each column followed at that time; also the pushed branch of the CI repository. */
export const REF: Record<Branch, string> = {
  master: 'master',
  'nixos-unstable': 'nixos-unstable',
  'nixpkgs-unstable': 'nixpkgs-unstable',
  release: 'nixos-23.11',
}

/** A nixpkgs revision as a lock file pins it. */
export interface Pin {
  readonly revision: string
  /** Real commit time, milliseconds since the epoch, not shifted. */
  readonly at: number
}

/** One real lock update: when it was made and what it pinned per column. */
export interface LockUpdate {
  readonly commit: string
  /** Real time, milliseconds since the epoch, not shifted. */
  readonly at: number
  readonly pins: Readonly<Record<Branch, Pin>>
}

function toUpdate(update: z.infer<typeof LocksSchema>['updates'][number]): LockUpdate | null {
  const pinOf = (branch: Branch): Pin | null => {
    const pin = update.inputs[`nixpkgs-${branch}`]
    return pin?.ref === REF[branch] ? { revision: pin.rev, at: pin.lastModified * 1000 } : null
  }
  const [master, nixos, nixpkgs, release] = [
    pinOf('master'),
    pinOf('nixos-unstable'),
    pinOf('nixpkgs-unstable'),
    pinOf('release'),
  ]
  if (!master || !nixos || !nixpkgs || !release) return null
  const pins = { master, 'nixos-unstable': nixos, 'nixpkgs-unstable': nixpkgs, release }
  return { commit: update.commit, at: Date.parse(update.date), pins }
}

let updates: readonly LockUpdate[] | null = null

function allUpdates(): readonly LockUpdate[] {
  updates ??= readUpdates()
  return updates
}

function readUpdates(): readonly LockUpdate[] {
  const locks = LocksSchema.parse(JSON.parse(readFileSync(FIXTURE, 'utf8')))
  return locks.updates.map(toUpdate).filter((update) => update !== null)
}

/** The real lock updates of the demo's window, oldest first, every one with all four columns and release 23.11. */
export function windowUpdates(): readonly LockUpdate[] {
  return allUpdates()
    .filter((update) => update.at < Date.parse(LAST_UPDATE))
    .slice(-WINDOW_UPDATES)
}

/** The real lock updates that followed the window: material for pushes that a test asks for. */
export function laterUpdates(): readonly LockUpdate[] {
  return allUpdates().filter((update) => update.at >= Date.parse(LAST_UPDATE))
}

export type LockLayout = 'one-input' | 'many-inputs'

/** Text of a `flake.lock`; `shiftMs` moves the commit times into the demo's time. */
export function lockFileText(
  update: LockUpdate,
  branch: Branch,
  options: { layout: LockLayout; shiftMs: number },
): string {
  const node = (of: Branch) => ({
    locked: {
      lastModified: (update.pins[of].at + options.shiftMs) / 1000,
      narHash: `sha256-${digestOf(update.pins[of].revision).toString('base64')}`,
      owner: 'NixOS',
      repo: 'nixpkgs',
      rev: update.pins[of].revision,
      type: 'github',
    },
    original: { owner: 'NixOS', ref: REF[of], repo: 'nixpkgs', type: 'github' },
  })
  const nodes =
    options.layout === 'one-input'
      ? { nixpkgs: node(branch), root: { inputs: { nixpkgs: 'nixpkgs' } } }
      : manyInputs(node)
  return `${JSON.stringify({ nodes, root: 'root', version: 7 }, null, 2)}\n`
}

function manyInputs(node: (branch: Branch) => unknown): Record<string, unknown> {
  const names = BRANCHES.map((branch) => [`nixpkgs-${branch}`, branch] as const)
  return {
    ...Object.fromEntries(names.map(([name, branch]) => [name, node(branch)])),
    // As in the real lock, the plain input follows another one by its path.
    root: {
      inputs: { ...Object.fromEntries(names.map(([name]) => [name, name])), nixpkgs: ['nixpkgs-nixos-unstable'] },
    },
  }
}

import { expect, it } from 'vitest'
import { UseParamsSchema, UseSchema } from '@/lib/contract/use'
import type { Db } from '@/lib/db/client'
import { presenceCode } from '@/lib/domain/presence'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { addBuild } from './testing/pin-rows'
import { addColumn, addEvaluation, hour, queryConfig, revision } from './testing/rows'
import { readUse } from './use'

const packages = [
  { name: 'pytorch', attributes: ['python3*Packages.torch', 'python3Packages.torch'], headline: true },
  { name: 'other', attributes: ['other'] },
]
const source = { id: 'ci', kind: 'hercules-ci' as const, site: 'github', account: 'a', project: 'p' }
const repository = { owner: 'SomeoneSerge', name: 'nixpkgs-unfree' }
const config = queryConfig({ packages, sources: [{ ...source, repository }] })

describeOnBothDatabases('The ways of use', (fresh) => {
  /** Two evaluations of `nixos-unstable`: pytorch is ready on the first alone. */
  async function world(): Promise<Db> {
    const db = await fresh()
    const torch = { row: 'pytorch', attribute: 'python311Packages.torch' }
    const first = await addEvaluation(db, 1)
    const presences = { out: { near: { presence: 'cached' as const, checkedAt: hour(3) } } }
    await addBuild(db, { ...torch, evaluationId: first, outputs: presences })
    const second = await addEvaluation(db, 2)
    await addBuild(db, { ...torch, evaluationId: second, status: 'failed' })
    await addColumn(db, second)
    return db
  }

  async function read(db: Db, branch: string | null = null, given = config) {
    const use = await readUse(UseParamsSchema.parse({ branch }), hour(4), { db, config: given })
    return use === null ? null : UseSchema.parse(use)
  }

  const textOf = (use: Awaited<ReturnType<typeof read>>, id: string) =>
    use?.groups.flatMap(({ snippets }) => snippets).find((snippet) => snippet.id === id)?.text

  it('name the newest revision that is ready now, of nixpkgs and of the flake that was built with it', async () => {
    const use = await read(await world())
    expect(use?.pin).toMatchObject({ revision: revision(1), evaluation: 'nixos-unstable 1' })
    expect(textOf(use, 'import-nixpkgs')).toContain(`github:NixOS/nixpkgs/${revision(1)}`)
    expect(textOf(use, 'import-nixpkgs')).toContain('pkgs.python311Packages.torch')
    expect(textOf(use, 'follows')).toContain('"github:SomeoneSerge/nixpkgs-unfree"')
    expect(textOf(use, 'drop-in')).toContain('"github:SomeoneSerge/nixpkgs-unfree/nixos-unstable"')
  })

  it('follow the branch where none is ready, and name packages by their configuration', async () => {
    const db = await world()
    await db.presence.deleteMany()
    await db.derivation.updateMany({ data: { presence: presenceCode('missing'), isCached: false } })
    const use = await read(db)
    expect(use?.pin).toBeNull()
    expect(textOf(use, 'import-nixpkgs')).toContain('"github:NixOS/nixpkgs/nixos-unstable"')
    expect(textOf(use, 'import-nixpkgs')).toContain('pkgs.python3Packages.torch')
  })

  it('are there before anything was read, with every cache and key of the configuration', async () => {
    const use = await read(await fresh(), 'release')
    expect(use).toMatchObject({ branch: 'release', pin: null, packages: ['pytorch'] })
    for (const { url, publicKeys } of config.caches) {
      expect(textOf(use, 'nixos')).toContain(url)
      expect(textOf(use, 'nixos')).toContain(publicKeys[0])
    }
  })

  it('take no branch of the flake where its branches are not those of nixpkgs', async () => {
    const jobs = queryConfig({ packages, sources: [{ ...source, repository, branchFrom: 'jobName' }] })
    expect(textOf(await read(await world(), null, jobs), 'drop-in')).toContain('"github:SomeoneSerge/nixpkgs-unfree"')
  })

  it('know no flake of a source without a repository', async () => {
    const use = await read(await world(), null, queryConfig({ packages }))
    expect(use?.groups.map(({ id }) => id)).toEqual(['cache', 'nixpkgs'])
  })

  it('are none of a branch that is not configured', async () => {
    expect(await read(await fresh(), 'nixos-99')).toBeNull()
  })
})

import { expect, it } from 'vitest'
import { EvaluationsParamsSchema } from '@/lib/contract/evaluations'
import { MATRIX_SORTS, MatrixParamsSchema } from '@/lib/contract/matrix'
import { PackagesParamsSchema } from '@/lib/contract/package'
import { TriageParamsSchema } from '@/lib/contract/triage'
import type { Status } from '@/lib/domain/status'
import { builds, type ScriptedRun, scriptedWorld } from '@/lib/sync/testing/scripted-world'
import { type Scripted, scriptedConfig, syncOnce } from '@/lib/sync/testing/sync-once'
import { describeOnBothDatabases } from '@/lib/testing/databases'
import { readBranchEvaluations } from './branch-evaluations'
import { readMatrix } from './matrix'
import { readPackages } from './packages'
import { readTriage } from './triage'

const headline = (name: string) => ({ name, attributes: [name], headline: true })
const config = scriptedConfig({ packages: [headline('torch'), headline('jax')] })

/** Half of them fail, each by itself; `with` comes new, and what is in `without` goes. */
function run(number: number, extra: readonly string[] = [], without: readonly string[] = []): ScriptedRun {
  const names = ['torch', 'jax', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', ...extra].filter((name) => !without.includes(name))
  const status = (name: string): Status => (/[13579x]$/.test(name) ? 'failed' : 'succeeded')
  return { number, results: builds(Object.fromEntries(names.map((name) => [name, status(name)])), String(number)) }
}

type Page = { readonly names: readonly string[]; readonly next: string | null }

/** Every page to the end; between the first two a sync brings new things and takes some away. */
async function readOn(scripted: Scripted, read: (after: string | null) => Promise<Page>): Promise<string[]> {
  const first = await read(null)
  scripted.world.runs.push(run(50, ['a0', 'a1', 'b11', 'z1', 'z2'], ['b1', 'b2']))
  await syncOnce(scripted)
  const names = [...first.names]
  for (let { next } = first; next !== null; ) {
    const page = await read(next)
    expect(page.names.length).toBeGreaterThan(0)
    names.push(...page.names)
    next = page.next
  }
  return names
}

describeOnBothDatabases('A list that is read page by page while a sync adds and removes', (fresh) => {
  async function synced(): Promise<Scripted> {
    const scripted = { db: await fresh(), world: scriptedWorld([run(1), run(2), run(3), run(4)]), config }
    await syncOnce(scripted)
    return scripted
  }
  const STAYED = ['b3', 'b4', 'b5', 'b6', 'jax', 'torch']

  function expectOnce(names: readonly string[], stayed: readonly string[]) {
    expect(new Set(names).size, names.join(' ')).toBe(names.length)
    expect(names.filter((name) => stayed.includes(name)).toSorted()).toEqual(stayed)
  }

  it.each(MATRIX_SORTS)(
    'shows each package of the matrix that was there all along once, sorted by %s',
    async (sort) => {
      const scripted = await synced()
      const names = await readOn(scripted, async (after) => {
        const { packages, next, total } = await readMatrix(
          MatrixParamsSchema.parse({ sort, after, limit: 2 }),
          scripted.world.clock,
          scripted,
        )
        expect(total).toBeGreaterThanOrEqual(8)
        return { names: packages.map(({ name }) => name), next }
      })
      expectOnce(names, STAYED)
      if (sort === 'name') expect(names.slice(0, 2)).toEqual(['torch', 'jax'])
    },
  )

  it('shows each name of a package once, whatever the length of the pages', async () => {
    for (const limit of [1, 3, 7]) {
      const scripted = await synced()
      const names = await readOn(scripted, async (after) => {
        const { packages, next } = await readPackages(PackagesParamsSchema.parse({ after, limit }), scripted)
        return { names: packages.map(({ name }) => name), next }
      })
      expectOnce(names, STAYED)
    }
  })

  it('shows each root cause once', async () => {
    const scripted = await synced()
    const names = await readOn(scripted, async (after) => {
      const { causes, next } = await readTriage(
        TriageParamsSchema.parse({ after, limit: 1 }),
        scripted.world.clock,
        scripted,
      )
      return { names: causes.map(({ name }) => name), next }
    })
    expectOnce(names, ['b3', 'b5', 'jax'])
  })

  it('shows each evaluation once, and what came meanwhile not at all', async () => {
    const scripted = await synced()
    const names = await readOn(scripted, async (before) => {
      const found = await readBranchEvaluations(
        'nixos-unstable',
        EvaluationsParamsSchema.parse({ before, limit: 1 }),
        scripted,
      )
      return { names: found?.evaluations.map(({ index }) => String(index)) ?? [], next: found?.next ?? null }
    })
    expect(names).toEqual(['4', '3', '2', '1'])
  })
})

'use client'
import { useQuery } from '@tanstack/react-query'
import { createSerializer, useQueryStates } from 'nuqs'
import { SuspectsDisclosure } from '@/app/suspects-disclosure'
import { DiffNotices } from '@/components/diff/diff-notices'
import { DiffPickers, DiffPresets } from '@/components/diff/diff-pickers'
import { DiffRange } from '@/components/diff/diff-range'
import { DiffSections } from '@/components/diff/diff-sections'
import { DiffSummary } from '@/components/diff/diff-summary'
import { NoDiff } from '@/components/diff/no-diff'
import { diffQuery } from '@/lib/client/diff'
import { useHydrated } from '@/lib/client/use-hydrated'
import { useNow } from '@/lib/client/use-now'
import type { BranchChoices } from '@/lib/contract/diff-choices'
import { paths } from '@/lib/contract/paths'
import { type DiffSearch, diffSearchParams, toDiffParams } from './search-params'

const toQuery = createSerializer(diffSearchParams)

export interface DiffIslandProps {
  readonly choices: readonly BranchChoices[]
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly nixpkgsUrl: string
  /** When the server drew the page. */
  readonly serverNow: string
  /** Why the server could not answer this question, or null. */
  readonly refused: { readonly address: string; readonly reason: string } | null
}

/** Holds the sides and the chosen classes in the address; everything it draws is a pure view. */
export function DiffIsland({ choices, branches, nixpkgsUrl, serverNow, refused }: DiffIslandProps) {
  const now = useNow(serverNow)
  const [search, setSearch] = useQueryStates(diffSearchParams, { history: 'push' })
  const isLive = useHydrated()
  const params = toDiffParams(search, branches[0]?.name ?? '')
  const isRefused = refused?.address === paths.diffJson(params)
  const query = useQuery({ ...diffQuery(params), enabled: !isRefused })
  const reason = isRefused ? `${refused.reason}.` : (query.error?.message ?? null)
  const diff = reason === null ? query.data : undefined
  const titles = new Map(branches.map(({ name, title }) => [name, title]))
  const hrefOf = (change: Partial<DiffSearch>) => toQuery(paths.diff(), { ...search, ...change })
  const known = choices.flatMap(({ evaluations }) => evaluations)
  const sideOf = (id: string | null) => known.find((one) => one.id === id) ?? null
  return (
    <div className="pb-12">
      <div className="flex flex-col gap-3 px-4 py-3">
        <h1 className="text-lg font-semibold">Diff</h1>
        <DiffPickers
          {...{ choices, isLive }}
          from={diff?.from ?? sideOf(search.from)}
          to={diff?.to ?? sideOf(search.to)}
          onChoose={(sides) => void setSearch({ ...sides, branch: null, package: null })}
        />
        {diff && <DiffPresets {...{ diff, titles }} />}
        {diff && <DiffRange {...{ diff, nixpkgsUrl }} />}
        {diff && (
          <DiffSummary
            diff={diff}
            shown={search.show}
            hrefOf={(show) => hrefOf({ show })}
            onShow={(show) => void setSearch({ show }, { history: 'replace' })}
          />
        )}
      </div>
      <div aria-busy={query.isPlaceholderData}>
        {reason !== null && <NoDiff reason={reason} branches={branches} />}
        {diff && <DiffNotices diff={diff} />}
        {diff && (
          <DiffSections
            {...{ diff, titles }}
            shown={search.show}
            suspects={(name) => (
              <SuspectsDisclosure
                key={`${diff.to.branch} ${name}`}
                {...{ name, now, nixpkgsUrl }}
                branch={diff.to.branch}
                title={titles.get(diff.to.branch) ?? diff.to.branch}
              />
            )}
            undecidedHref={hrefOf({ show: [...search.show, 'undecided'] })}
          />
        )}
      </div>
    </div>
  )
}

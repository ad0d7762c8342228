'use client'
import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { PinForm } from '@/components/pin/pin-form'
import { packagesQuery } from '@/lib/client/packages'
import { useDebounced } from '@/lib/client/use-debounced'
import { useHydrated } from '@/lib/client/use-hydrated'
import { useNow } from '@/lib/client/use-now'
import { PinCardIsland } from './pin-card-island'
import { FOUND_MAX, pinSearchParams, toPinChoice } from './search-params'

const TYPING_MS = 200

export interface PinIslandProps {
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly headline: readonly string[]
  readonly nixpkgsUrl: string
  readonly serverNow: string
}

/** Holds what is chosen in the address; what it draws are a form and one card per branch. */
export function PinIsland({ branches, headline, nixpkgsUrl, serverNow }: PinIslandProps) {
  const now = useNow(serverNow)
  const isLive = useHydrated()
  const [search, setSearch] = useQueryStates(pinSearchParams)
  const choice = toPinChoice(search, { headline, branches: branches.map(({ name }) => name) })
  const found = useQuery(packagesQuery(useDebounced(search.q.trim(), TYPING_MS), FOUND_MAX))
  return (
    <div className="pb-12">
      <div className="px-4 py-3">
        <h1 className="text-lg font-semibold">Pin</h1>
        <p className="max-w-[72ch] pb-3 text-sm text-muted">
          The newest nixpkgs revision on which everything that you choose is ready now: built, and in a cache with a
          signature that you trust.
        </p>
        <PinForm
          {...{ branches, headline, isLive }}
          chosen={choice}
          q={search.q}
          found={search.q.trim() === '' ? null : (found.data ?? null)}
          onPackages={(packages) => void setSearch({ package: packages })}
          onBranches={(names) => void setSearch({ branch: names })}
          onSearch={(q) => void setSearch({ q })}
        />
      </div>
      {choice.packages.length === 0 ? (
        <p className="px-4 py-6 text-sm">Choose a package above: no headline packages are configured.</p>
      ) : (
        choice.branches.map((branch) => (
          <PinCardIsland
            key={`${branch} ${choice.packages.join(' ')}`}
            branch={branch}
            title={branches.find(({ name }) => name === branch)?.title ?? branch}
            packages={choice.packages}
            isAlone={choice.branches.length === 1}
            {...{ now, nixpkgsUrl }}
          />
        ))
      )}
    </div>
  )
}

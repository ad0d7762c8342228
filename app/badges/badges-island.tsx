'use client'
import { createSerializer, debounce, useQueryStates } from 'nuqs'
import { type BadgeChoice, type BadgeDefaults, toBadgeAsked } from '@/components/badges/badge-choice'
import { BadgeForm } from '@/components/badges/badge-form'
import { BadgesView } from '@/components/badges/badges-view'
import { useDebounced } from '@/lib/client/use-debounced'
import { paths } from '@/lib/contract/paths'
import { type BadgesSearch, badgesSearchParams } from './search-params'

const toQuery = createSerializer(badgesSearchParams)
const TYPING_MS = 250

export interface BadgesIslandProps {
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly packages: readonly string[]
  readonly publicUrl: string
}

/** Holds the choice in the address; everything it draws is a pure view. */
export function BadgesIsland({ branches, packages, publicUrl }: BadgesIslandProps) {
  const [choice, setChoice] = useQueryStates(badgesSearchParams, { limitUrlUpdates: debounce(TYPING_MS) })
  // A badge is not asked for at every letter of a label.
  const look = { style: choice.style, label: useDebounced(choice.label, TYPING_MS) }
  const defaults: BadgeDefaults = { package: packages[0] ?? null, branch: branches[0]?.name ?? null }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4 pb-12">
      <div className="grid gap-3">
        <h1 className="text-lg font-semibold">Badges</h1>
        <BadgeForm
          {...{ choice, branches, packages }}
          hrefOf={(change) => toQuery(paths.badges(), { ...choice, ...toSearch(change) })}
          onChange={(change) => void setChoice(toSearch(change))}
        />
      </div>
      <BadgesView asked={toBadgeAsked(choice, defaults)} look={look} branches={branches} publicUrl={publicUrl} />
    </div>
  )
}

/** The same change as the address holds it. */
function toSearch({ package: packages, branch, ...rest }: Partial<BadgeChoice>): Partial<BadgesSearch> {
  return { ...rest, ...(packages && { package: [...packages] }), ...(branch && { branch: [...branch] }) }
}

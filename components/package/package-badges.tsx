import { badgePathOf, toLinkedImage } from '@/components/badges/badge-choice'
import { BadgePreview } from '@/components/badges/badge-preview'
import { Snippet } from '@/components/snippet'
import type { BadgeAsked } from '@/lib/contract/badge'
import { paths } from '@/lib/contract/paths'
import { writeMarkup } from '@/lib/domain/badge-markup'

const PLAIN = { style: 'flat', label: '' } as const

export interface PackageBadgesProps {
  readonly name: string
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly publicUrl: string
}

/** The badges of a package, over all branches and of each, to copy into a README. */
export function PackageBadges({ name, branches, publicUrl }: PackageBadgesProps) {
  const titleOf = (branch: string) => branches.find((one) => one.name === branch)?.title ?? branch
  return (
    <section aria-labelledby="badges" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="badges" className="text-lg font-semibold">
        Badges
      </h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {[null, ...branches.map((one) => one.name)].map((branch) => {
          const asked: BadgeAsked = { kind: 'package', package: name, branch }
          const image = toLinkedImage(asked, PLAIN, { publicUrl, titleOf })
          return (
            <li key={branch ?? ''} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
              <BadgePreview path={badgePathOf(asked, PLAIN)} alt={image.alt} />
              <Snippet text={writeMarkup('markdown', image)} what={`Markdown: ${image.alt}`} />
            </li>
          )
        })}
      </ul>
      <p className="text-sm">
        <a href={paths.badgesOf(new URLSearchParams({ package: name }))}>Other styles, labels and markups</a>
      </p>
    </section>
  )
}

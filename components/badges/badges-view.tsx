import type { BadgeAsked } from '@/lib/contract/badge'
import { paths } from '@/lib/contract/paths'
import { type BadgeChoice, badgePathOf, toLinkedImage } from './badge-choice'
import { BadgePreview } from './badge-preview'
import { BadgeSources } from './badge-sources'

export interface BadgesViewProps {
  /** Null: nothing was read yet that a badge could be about. */
  readonly asked: BadgeAsked | null
  readonly look: Pick<BadgeChoice, 'style' | 'label'>
  readonly branches: readonly { readonly name: string; readonly title: string }[]
  readonly publicUrl: string
}

/** The chosen badge as it looks now, its addresses, and its source in every markup. */
export function BadgesView({ asked, look, branches, publicUrl }: BadgesViewProps) {
  if (asked === null) {
    return (
      <p className="max-w-2xl text-sm">
        No package is known yet: the first sync has read nothing so far. <a href={paths.sync()}>Sync</a> tells why. Any
        name may be typed all the same; its badge says “no data” until there is some.
      </p>
    )
  }
  const titleOf = (branch: string) => branches.find(({ name }) => name === branch)?.title ?? branch
  const image = toLinkedImage(asked, look, { publicUrl, titleOf })
  const path = badgePathOf(asked, look)
  return (
    <>
      <section aria-labelledby="preview" className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 id="preview" className="text-lg font-semibold">
          Now
        </h2>
        <div className="overflow-x-auto py-1">
          <BadgePreview key={path} path={path} alt={image.alt} />
        </div>
        <p className="text-xs text-muted">
          <a href={path}>SVG</a> ·{' '}
          <a href={paths.badge(asked, { format: 'json', ...lookOf(look) })}>JSON for shields.io</a> · kept by browsers
          and proxies for a minute
        </p>
      </section>
      <section aria-labelledby="sources" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 id="sources" className="text-lg font-semibold">
          To paste
        </h2>
        <BadgeSources image={image} />
      </section>
      <Words />
    </>
  )
}

function lookOf({ style, label }: BadgesViewProps['look']) {
  return { style: style === 'flat' ? null : style, label: label === '' ? null : label }
}

function Words() {
  return (
    <section aria-labelledby="words" className="grid max-w-2xl gap-2 text-sm">
      <h2 id="words" className="text-lg font-semibold">
        What it says
      </h2>
      <p>
        <strong>passing</strong>, in green, only when the package is ready: built, every output that one downloads in a
        trusted cache, and the facts fresh. Over several branches <strong>passing on 3 of 4</strong> counts those of
        which the badge would say just that; a branch without the package does not count, one without data does.
      </p>
      <p>
        What is built but not to be had says what is missing, old facts are grey and say how old they are (
        <strong>stale 5 d</strong>), and what does not exist is said in grey as well: a badge is always an image.
      </p>
    </section>
  )
}

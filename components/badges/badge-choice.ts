import type { BadgeAsked, BadgeKind, BadgeStyle } from '@/lib/contract/badge'
import { MatrixParamsSchema } from '@/lib/contract/matrix'
import { toMatrixQuery } from '@/lib/contract/matrix-query'
import { paths } from '@/lib/contract/paths'
import type { LinkedImage } from '@/lib/domain/badge-markup'
import { plainText } from '@/lib/domain/plain-text'

/** What is chosen on the page of badges. */
export interface BadgeChoice {
  readonly kind: BadgeKind
  readonly package: readonly string[]
  readonly branch: readonly string[]
  readonly style: BadgeStyle
  /** Empty: the badge's own. */
  readonly label: string
}

/** What stands in for what is not chosen: the first package and the first branch. */
export interface BadgeDefaults {
  readonly package: string | null
  readonly branch: string | null
}

/** The badge that a choice means; null when there is nothing yet that a badge could be about. */
export function toBadgeAsked(choice: BadgeChoice, defaults: BadgeDefaults): BadgeAsked | null {
  const { kind, package: packages, branch: branches } = choice
  if (kind === 'matrix') return { kind, packages, branches }
  if (kind === 'ready') return { kind, branch: branches[0] ?? defaults.branch }
  if (kind === 'pin') return { kind, branch: branches[0] ?? defaults.branch, packages }
  const name = packages[0] ?? defaults.package
  return name === null ? null : { kind, package: name, branch: branches[0] ?? null }
}

/** Its address with the chosen look, without this installation's own part. */
export function badgePathOf(asked: BadgeAsked, { style, label }: Pick<BadgeChoice, 'style' | 'label'>): string {
  return paths.badge(asked, { style: style === 'flat' ? null : style, label: label === '' ? null : label })
}

/** The badge as it is put into a document: it leads to the page that tells more. `titleOf` names a branch. */
export function toLinkedImage(
  asked: BadgeAsked,
  look: Pick<BadgeChoice, 'style' | 'label'>,
  { publicUrl, titleOf }: { publicUrl: string; titleOf: (branch: string) => string },
): LinkedImage {
  return {
    image: `${publicUrl}${badgePathOf(asked, look)}`,
    link: `${publicUrl}${pageOf(asked)}`,
    alt: plainText(altOf(asked, titleOf), ALT_MAX),
  }
}

const ALT_MAX = 200

function pageOf(asked: BadgeAsked): string {
  if (asked.kind === 'package') return paths.package(asked.package)
  if (asked.kind === 'ready') return asked.branch === null ? paths.matrix() : paths.branch(asked.branch)
  if (asked.kind === 'pin') return paths.pinOf({ branches: listOf(asked.branch), packages: asked.packages })
  const params = MatrixParamsSchema.parse({})
  const query = toMatrixQuery({ ...params, package: [...asked.packages], branch: [...asked.branches] }).toString()
  return query === '' ? paths.matrix() : `${paths.matrix()}?${query}`
}

// The image itself says how things stand; this says of what.
function altOf(asked: BadgeAsked, titleOf: (branch: string) => string): string {
  if (asked.kind === 'matrix') {
    const names = asked.packages.length === 0 ? 'headline packages' : asked.packages.join(', ')
    return `Build status of ${names} by branch`
  }
  const on = asked.branch === null ? '' : ` on ${titleOf(asked.branch)}`
  if (asked.kind === 'package') return `Build status of ${asked.package}${on}`
  if (asked.kind === 'ready') return `Packages that are ready${on}`
  return `Cached nixpkgs revision for ${asked.packages.join(', ') || 'headline packages'}${on}`
}

function listOf(branch: string | null): string[] {
  return branch === null ? [] : [branch]
}

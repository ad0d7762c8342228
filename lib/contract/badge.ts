import { z } from 'zod'
import type { Tone } from '@/lib/domain/badge'

/** The styles of shields; one that is none of them is drawn flat, as shields does. */
export const BADGE_STYLES = ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social'] as const
export type BadgeStyle = (typeof BADGE_STYLES)[number]

export const BADGE_KINDS = ['package', 'matrix', 'ready', 'pin'] as const
export type BadgeKind = (typeof BADGE_KINDS)[number]

/** Longest text on the left of a badge. */
export const BADGE_LABEL_MAX = 100
/** What one matrix badge draws; it says how many packages it leaves out. */
export const BADGE_PACKAGES_MAX = 50
export const BADGE_BRANCHES_MAX = 20

/** What a badge is asked about. Branches are names, or the refs that they follow now. */
export type BadgeAsked =
  /** Without a branch over all of them. */
  | { readonly kind: 'package'; readonly package: string; readonly branch: string | null }
  /** Without packages the headline ones, without branches all. */
  | { readonly kind: 'matrix'; readonly packages: readonly string[]; readonly branches: readonly string[] }
  | { readonly kind: 'ready'; readonly branch: string | null }
  | { readonly kind: 'pin'; readonly branch: string | null; readonly packages: readonly string[] }

export interface BadgeLook {
  readonly format: 'svg' | 'json'
  readonly style: BadgeStyle | null
  /** Null: the badge's own; empty: none. */
  readonly label: string | null
}

export interface BadgeRequest extends BadgeLook {
  readonly asked: BadgeAsked
}

export interface BadgeGridRow {
  readonly name: string
  /** One per branch. */
  readonly badges: readonly { readonly word: string; readonly tone: Tone }[]
}

/** What a badge says. */
export interface Badge {
  readonly label: string
  readonly message: string
  readonly tone: Tone
  /** What was asked about does not exist, or was not said. */
  readonly isError: boolean
  /** The places of a matrix badge, which `message` sums up. */
  readonly grid: {
    readonly branches: readonly string[]
    readonly rows: readonly BadgeGridRow[]
    /** Packages that were asked for and are not drawn. */
    readonly more: number
  } | null
}

/** https://shields.io/badges/endpoint-badge */
export const ShieldsEndpointSchema = z.strictObject({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string().min(1),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  isError: z.boolean(),
  style: z.enum(BADGE_STYLES).optional(),
  /** Shields keeps an answer for 300 seconds at least. */
  cacheSeconds: z.number().int().min(300),
})
export type ShieldsEndpoint = z.infer<typeof ShieldsEndpointSchema>

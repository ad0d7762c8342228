import { plainText } from '@/lib/domain/plain-text'
import { BADGE_LABEL_MAX, BADGE_STYLES, type BadgeAsked, type BadgeLook, type BadgeRequest } from './badge'

/** The address of a badge. It holds nothing but letters, digits and `-._~%/?&=+`, so that it fits into any markup. */
export function badgeAddress(asked: BadgeAsked, look: Partial<BadgeLook> = {}): string {
  const { format = 'svg', style = null, label = null } = look
  const query = new URLSearchParams(queryOf(asked))
  if (label !== null) query.append('label', label)
  if (style !== null) query.append('style', style)
  const text = query.toString()
  return encodeRest(`/badge/${fileOf(asked)}.${format}${text === '' ? '' : `?${text}`}`)
}

/** What the badge of this address is to show, or null when no badge has such an address: it must end in .svg or .json. */
export function parseBadgeAddress({ pathname, searchParams }: URL): BadgeRequest | null {
  const parts = pathname
    .replace(/^\/badge\//, '')
    .split('/')
    .map(decode)
  const [, name = '', format] = /^(.+)\.(svg|json)$/s.exec(parts.at(-1) ?? '') ?? []
  if (name === '' || parts.includes('')) return null
  const label = searchParams.get('label')
  return {
    asked: askedOf(name, parts.slice(0, -1).join('/'), searchParams),
    format: format === 'json' ? 'json' : 'svg',
    style: BADGE_STYLES.find((style) => style === searchParams.get('style')) ?? null,
    label: label === null ? null : plainText(label, BADGE_LABEL_MAX),
  }
}

function askedOf(name: string, branch: string, query: URLSearchParams): BadgeAsked {
  if (branch !== '') return { kind: 'package', package: name, branch }
  const [packages, branches] = [namesOf(query, 'package'), namesOf(query, 'branch')]
  // These win over packages of the same name.
  if (name === 'matrix') return { kind: 'matrix', packages, branches }
  if (name === 'ready') return { kind: 'ready', branch: branches[0] ?? null }
  if (name === 'pin') return { kind: 'pin', branch: branches[0] ?? null, packages }
  return { kind: 'package', package: name, branch: null }
}

function namesOf(query: URLSearchParams, key: string): string[] {
  return [...new Set(query.getAll(key))].filter((name) => name !== '')
}

function fileOf(asked: BadgeAsked): string {
  if (asked.kind !== 'package') return asked.kind
  const branch = asked.branch === null ? '' : `${encodeURIComponent(asked.branch)}/`
  return `${branch}${encodeURIComponent(asked.package)}`
}

function queryOf(asked: BadgeAsked): [string, string][] {
  if (asked.kind === 'package') return []
  const packages = asked.kind === 'ready' ? [] : asked.packages
  const branches = asked.kind === 'matrix' ? asked.branches : [asked.branch].filter((branch) => branch !== null)
  return [
    ...packages.map((name): [string, string] => ['package', name]),
    ...branches.map((name): [string, string] => ['branch', name]),
  ]
}

// What encodeURIComponent and URLSearchParams let through, and some markup would take for its own.
function encodeRest(address: string): string {
  return address.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

// Next refuses an address that is no UTF-8 before any of this.
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

import 'server-only'
import type { Badge, BadgeAsked } from '@/lib/contract/badge'
import { PIN_PACKAGES_MAX, type Pin } from '@/lib/contract/pin'
import { NO_DATA, pinBadge } from '@/lib/domain/badge'
import { plainText } from '@/lib/domain/plain-text'
import { faultOf, NAME_MAX, toBadge } from './badge-answer'
import type { BadgeWorld } from './badge-places'
import { readBranchAsked } from './branch-asked'
import { readBranches } from './branches'
import { readPin } from './pin'

type Asked = Extract<BadgeAsked, { kind: 'pin' }>

/** Which revision of a branch can be pinned for packages: the headline ones, where none are named. */
export async function readPinBadge({ db, config, now }: BadgeWorld, asked: Asked): Promise<Badge> {
  if (asked.branch === null) return faultOf(namesOf(asked.packages), 'no branch given')
  const branch = await readBranchAsked(db, config, asked.branch)
  const [head] = branch === null ? [] : await readBranches(db, config, now, [branch])
  if (branch === null || head === undefined) {
    return faultOf(`${namesOf(asked.packages)} on ${plainText(asked.branch, NAME_MAX)}`, 'no such branch')
  }
  const label = `${namesOf(asked.packages)} on ${head.title}`
  if (asked.packages.length > PIN_PACKAGES_MAX) return faultOf(label, 'too many packages')
  const answer = await readPin({ branch, package: [...asked.packages] }, now, { db, config })
  // Before the first evaluation nobody knows which packages there are.
  if (head.freshness === 'never') return toBadge(label, NO_DATA)
  if (answer.kind === 'refused') return faultOf(label, 'no such package')
  const { freshness, evaluation } = head
  const pin = answer.kind === 'pin' ? answer.pin : null
  const facts = { freshness, finishedAt: evaluation?.finishedAt ?? null, ...pinnedFacts(config, pin, now) }
  return toBadge(label, pinBadge(facts, now))
}

function pinnedFacts({ branches }: BadgeWorld['config'], pin: Pin | null, now: Date) {
  if (pin === null) return { pin, isFarBehind: false, outdated: null }
  const limits = branches.find(({ name }) => name === pin.branch)
  const isFarBehind = isFurther(pin, limits?.staleBehindDays ?? 0)
  return { pin, isFarBehind, outdated: outdatedOf(pin, now, limits?.staleAfterHours ?? 0) }
}

const HOUR_MS = 3_600_000

function outdatedOf({ checks: { oldestAt } }: Pin, now: Date, limitHours: number) {
  const isOld = oldestAt === null || now.getTime() - Date.parse(oldestAt) > limitHours * HOUR_MS
  return isOld ? { checkedAt: oldestAt } : null
}

function isFurther({ behind }: Pin, limitDays: number): boolean {
  return behind.days === null || behind.days > limitDays
}

function namesOf(packages: readonly string[]): string {
  if (packages.length === 0) return 'headline packages'
  const names = packages.map((name) => plainText(name, NAME_MAX))
  return names.length > 2 ? `${names.length} packages` : names.join(', ')
}

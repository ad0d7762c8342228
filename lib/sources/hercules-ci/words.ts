import 'server-only'
import type { Judgement, Status } from '@/lib/domain/status'

// DerivationStatus of the contract. Maps, not objects: upstream text such as `constructor` must not find anything.
const STATUS: ReadonlyMap<string, Status> = new Map<string, Status>([
  ['NotPlanned', 'queued'],
  ['Waiting', 'queued'],
  ['Building', 'building'],
  ['BuildFailure', 'failed'],
  ['DependencyFailure', 'dependency-failed'],
  ['BuildSuccess', 'succeeded'],
  ['Cancelled', 'cancelled'],
])

// AttributeType of the contract, as far as it builds a package.
const JUDGEMENT: ReadonlyMap<string, Judgement> = new Map<string, Judgement>([
  ['Regular', 'regular'],
  ['MustFail', 'must-fail'],
  ['MayFail', 'may-fail'],
])

const BUILDS_NOTHING: ReadonlySet<string> = new Set(['Effect', 'DependenciesOnly'])

/** Our word for the state of a derivation; a word of later servers is `unknown`, never success. */
export function toStatus(derivationStatus: string): Status {
  return STATUS.get(derivationStatus) ?? 'unknown'
}

/** How an attribute type judges its build; null for a type of later servers, whose rule nobody here knows. */
export function toJudgement(attributeType: string): Judgement | null {
  return JUDGEMENT.get(attributeType) ?? null
}

/** Is an attribute of this type left out, since it builds no package? */
export function isNoPackage(attributeType: string): boolean {
  return BUILDS_NOTHING.has(attributeType)
}

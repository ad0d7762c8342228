import type { EvaluationDetail } from '@/lib/contract/evaluations'
import type { Status } from '@/lib/domain/status'

export type Attribute = EvaluationDetail['attributes'][number]

export interface AttributeFilter {
  readonly q: string
  /** None means all. */
  readonly status: readonly Status[]
}

/** The attributes that a filter leaves, in their order: by package, attribute or root cause, letter case aside. */
export function filterAttributes(attributes: readonly Attribute[], { q, status }: AttributeFilter): Attribute[] {
  const text = q.trim().toLowerCase()
  return attributes.filter(
    (one) =>
      (status.length === 0 || status.includes(one.status)) &&
      [one.package, one.attribute, ...one.rootCauses.map(({ name }) => name)].some((word) =>
        word.toLowerCase().includes(text),
      ),
  )
}

import 'server-only'
import { judge, type Status } from '@/lib/domain/status'
import type { ObservedEvaluation, ObservedResult } from '@/lib/sources/source'
import type { Attribute, Evaluation } from './schema'
import { isNoPackage, toJudgement, toStatus } from './words'

/** What an evaluation says of attributes and derivations. */
export function toObservedEvaluation(evaluation: Evaluation): ObservedEvaluation {
  return {
    results: distinct(evaluation.attributes.filter(isPackage).map(toResult)),
    error: errorOf(evaluation),
    derivations: derivationsOf(evaluation),
  }
}

// Absent in the oldest data, where all attributes were regular.
function typeOf(attribute: Attribute): string {
  return attribute.typ ?? 'Regular'
}

function isPackage(attribute: Attribute): boolean {
  return !isNoPackage(typeOf(attribute))
}

function toResult(attribute: Attribute): ObservedResult {
  const { path, value } = attribute
  const known = toJudgement(typeOf(attribute))
  const judgement = known ?? 'regular'
  const base = { path, judgement, derivation: null, error: null }
  if (value === null) return { ...base, status: 'unknown' }
  if ('Ok' in value) {
    const status = known === null ? 'unknown' : judge(toStatus(value.Ok.status), known)
    return { ...base, status, derivation: value.Ok.derivationPath }
  }
  const { errorMessage, errorType, errorDerivation } = value.Error
  const error = { message: errorMessage, type: errorType ?? null, derivation: errorDerivation ?? null }
  return { ...base, status: 'evaluation-failed', error }
}

// One path is one attribute. Should an answer ever name it twice with different outcomes, neither is to be believed.
function distinct(results: readonly ObservedResult[]): readonly ObservedResult[] {
  const byPath = new Map<string, ObservedResult>()
  for (const result of results) {
    const key = JSON.stringify(result.path)
    const other = byPath.get(key)
    const isContradiction = other !== undefined && other.status !== result.status
    byPath.set(key, isContradiction ? { ...result, status: 'unknown', error: null } : (other ?? result))
  }
  return [...byPath.values()]
}

function errorOf(evaluation: Evaluation): string | null {
  const errors = evaluation.messages
    .filter((message) => message.typ === 'Error')
    .toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0))
  return errors.length === 0 ? null : errors.map((error) => error.message).join('\n\n')
}

// Builds during evaluation stand apart from the attributes, and not surely in `derivations` (contract, trap 11).
function derivationsOf(evaluation: Evaluation): ReadonlyMap<string, Status> {
  const words = new Map<string, string>()
  const attributes = evaluation.attributes.flatMap(({ value }) => (value !== null && 'Ok' in value ? [value.Ok] : []))
  const needed = (evaluation.evaluationDependencies ?? []).map(({ derivation }) => derivation)
  const imported = (evaluation.ifdAttributes ?? []).map(({ value }) => value)
  for (const { derivationPath, status } of [...attributes, ...needed, ...imported]) words.set(derivationPath, status)
  for (const [path, status] of Object.entries(evaluation.derivations)) words.set(path, status)
  return new Map([...words].map(([path, word]) => [path, toStatus(word)]))
}

import { EvaluationName } from '@/components/evaluations/evaluation-name'
import { EvaluationState } from '@/components/evaluations/evaluation-state'
import { ResultWord } from '@/components/result-word'
import { DERIVATION_EVALUATIONS_MAX, type Derivation } from '@/lib/contract/derivation'
import { paths } from '@/lib/contract/paths'

/** The newest evaluations that have a derivation, with what became of it as each of them saw it. */
export function DerivationEvaluations({ evaluations, now }: { evaluations: Derivation['evaluations']; now: Date }) {
  return (
    <section aria-labelledby="evaluations" className="grid gap-2">
      <h2 id="evaluations" className="text-lg font-semibold">
        Evaluations that have it
        {evaluations.length === DERIVATION_EVALUATIONS_MAX && (
          <span className="text-sm font-normal text-muted"> the newest {DERIVATION_EVALUATIONS_MAX}</span>
        )}
      </h2>
      <table className="list-table -mx-4 w-[calc(100%+32px)]!">
        <caption className="sr-only">Evaluations that have this derivation, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Evaluation</th>
            <th scope="col">Branch</th>
            <th scope="col">There it was</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {evaluations.map((one) => (
            <tr key={one.id}>
              <EvaluationName evaluation={one} now={now} />
              <td>
                <a href={paths.branch(one.branch)}>{one.branch}</a>
              </td>
              <td>
                <ResultWord result={{ status: one.status, mayFail: false, rootCauses: [] }} />
              </td>
              <td className="text-muted">
                <EvaluationState evaluation={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

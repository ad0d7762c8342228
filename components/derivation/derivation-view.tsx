import type { ReactNode } from 'react'
import { groupedNumber } from '@/components/age'
import { CellOutputs } from '@/components/cell-outputs'
import type { Derivation } from '@/lib/contract/derivation'
import { DerivationChain } from './derivation-chain'
import { DerivationEvaluations } from './derivation-evaluations'
import { DerivationHead } from './derivation-head'
import { LinkedDerivations } from './linked-derivations'
import { LogExcerptView } from './log-excerpt'

export interface DerivationViewProps {
  readonly found: Derivation
  readonly now: Date
  /** Its log: last, because it is long. */
  readonly children: ReactNode
}

/** All that is known of one derivation: why it failed first, its whole log last. */
export function DerivationView({ found, now, children }: DerivationViewProps) {
  const { derivation, log } = found
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 p-4 pb-12">
      <DerivationHead found={found} now={now} />
      {log.excerpt !== null && <LogExcerptView derivation={derivation} excerpt={log.excerpt} />}
      <DerivationChain found={found} />
      <section aria-labelledby="outputs" className="grid gap-2 text-sm">
        <h2 id="outputs" className="text-lg font-semibold">
          Outputs and caches
        </h2>
        {found.outputs.length === 0 ? (
          <p className="text-muted">No outputs are known here.</p>
        ) : (
          <CellOutputs outputs={found.outputs} now={now} />
        )}
      </section>
      <Inputs found={found} />
      {found.evaluations.length > 0 && <DerivationEvaluations evaluations={found.evaluations} now={now} />}
      {children}
    </div>
  )
}

function Inputs({ found: { inputs, inputCount } }: { found: Derivation }) {
  return (
    <section aria-labelledby="inputs" className="grid gap-2 text-sm">
      <h2 id="inputs" className="text-lg font-semibold">
        Inputs{' '}
        {inputs !== null && <span className="tabular text-sm font-normal text-muted">{groupedNumber(inputCount)}</span>}
      </h2>
      {inputs === null ? (
        <p className="text-muted">Not read yet: inputs are read of what the matrix shows and of new failures.</p>
      ) : (
        <details open={inputs.length <= 12}>
          <summary className="w-fit text-link">the derivations that it needs</summary>
          <LinkedDerivations derivations={inputs} />
          {inputCount > inputs.length && (
            <p className="text-muted">and {groupedNumber(inputCount - inputs.length)} more</p>
          )}
        </details>
      )}
    </section>
  )
}

import type { PinnablePoint } from '@/lib/contract/evaluation'
import type { Cell } from '@/lib/contract/matrix'
import { paths } from '@/lib/contract/paths'
import { statusWord } from '@/lib/domain/cell-word'
import type { CellCardProps } from './cell-card'
import { CellCauses } from './cell-causes'
import { CellOutputs } from './cell-outputs'
import { CopyButton } from './copy-button'
import { Fact } from './evaluations/fact'
import { Point } from './point'
import { stripWords } from './status-strip'

type CellFactsProps = { readonly cell: Cell; readonly packageHref: string } & Omit<CellCardProps, 'row'>

/** The facts of one cell, a line each; what is not known has none. */
export function CellFacts({ cell, branch, now, nixpkgsUrl, packageHref }: CellFactsProps) {
  const pinnable = (point: PinnablePoint | null) =>
    point === null ? 'never seen' : <Point point={point} now={now} nixpkgsUrl={nixpkgsUrl} />
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-4 py-3 text-xs">
      <CellCauses causes={cell.rootCauses} status={cell.status} />
      <Fact term="since">{cell.since && <Point point={cell.since} now={now} nixpkgsUrl={nixpkgsUrl} />}</Fact>
      <Fact term="undecided since">
        {cell.undecidedSince && <Point point={cell.undecidedSince} now={now} nixpkgsUrl={nixpkgsUrl} />}
      </Fact>
      <Fact term="last good">{pinnable(cell.lastGood)}</Fact>
      <Fact term="last ready">{pinnable(cell.lastReady)}</Fact>
      <Fact term="attribute">{cell.attribute && <Code text={cell.attribute} what="attribute" />}</Fact>
      <Fact term="derivation">
        {cell.derivation && <Code text={cell.derivation} what="derivation" href={paths.derivation(cell.derivation)} />}
      </Fact>
      <Fact term="built for">{[cell.system, cell.variant].filter((word) => word !== null).join(', ')}</Fact>
      <Fact term="history">{cell.strip?.length ? stripWords(cell.strip) : null}</Fact>
      <Fact term="outputs">{cell.outputs?.length ? <CellOutputs outputs={cell.outputs} now={now} /> : null}</Fact>
      <Fact term="also built">{otherWords(cell)}</Fact>
      <Fact term="decided by">
        {cell.from && `${cell.from.source}, ${cell.from.handler}: the column’s own evaluation lacks it`}
      </Fact>
      <Fact term="links">
        <Links cell={cell} evaluation={cell.from ?? branch.evaluation} packageHref={packageHref} />
      </Fact>
    </dl>
  )
}

interface LinksProps {
  readonly cell: Cell
  readonly evaluation: CellFactsProps['branch']['evaluation']
  readonly packageHref: string
}

function Links({ cell, evaluation, packageHref }: LinksProps) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-2">
      <a href={packageHref}>package</a>
      {cell.url !== null && (
        <a href={cell.url} rel="noreferrer">
          build and log
        </a>
      )}
      {evaluation !== null && (
        <>
          <a href={paths.evaluation(evaluation.id)}>evaluation #{evaluation.index}</a>
          <a href={evaluation.url} rel="noreferrer">
            at its source
          </a>
        </>
      )}
    </span>
  )
}

function Code({ text, what, href }: { text: string; what: string; href?: string }) {
  const code = <code className="min-w-0 break-all">{text}</code>
  return (
    <span className="flex items-start gap-1">
      {href === undefined ? code : <a href={href}>{code}</a>}
      <CopyButton text={text} what={what} />
    </span>
  )
}

function otherWords({ others = [] }: Cell): string {
  return others.map(({ attribute, status }) => `${attribute}: ${statusWord(status)}`).join('; ')
}

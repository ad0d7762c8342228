'use client'
import { type FormEvent, useActionState, useState } from 'react'
import { ExplainForm } from '@/components/explain/explain-form'
import { ExplainResults } from '@/components/explain/explain-results'
import { EXPLAIN_TEXT_MAX, type Explanation } from '@/lib/contract/explain'
import { explainText } from './explain-actions'
import { IDLE, TOO_LONG } from './explain-state'

export interface ExplainIslandProps {
  /** Store paths that the address names, a line each, and what is stored of them. */
  readonly text: string
  readonly stored: Explanation | null
}

/** The box for a dry run, and why each path in it is, or is not, cached; also without JavaScript. */
export function ExplainIsland({ text, stored }: ExplainIslandProps) {
  const [state, action, isPending] = useActionState(explainText, IDLE)
  const [typed, setTyped] = useState('text' in state ? state.text : text)
  const isTooLong = typed.length > EXPLAIN_TEXT_MAX
  const answer = state.status === 'explained' ? state.answer : stored
  const onSubmit = (event: FormEvent) => {
    if (isTooLong) event.preventDefault()
  }
  return (
    <>
      <ExplainForm
        {...{ action, onSubmit, isPending }}
        text={typed}
        onType={setTyped}
        fault={faultOf(isTooLong, state)}
      />
      {answer !== null && !isPending && <ExplainResults answer={answer} asking={askingOf(state)} />}
    </>
  )
}

type State = Awaited<ReturnType<typeof explainText>>

function faultOf(isTooLong: boolean, state: State): string | null {
  if (isTooLong) return TOO_LONG
  return state.status === 'refused' ? state.message : null
}

function askingOf(state: State) {
  return state.status === 'explained' ? state.answer.asking : null
}

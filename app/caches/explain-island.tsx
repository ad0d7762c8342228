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
  const [isTooLong, setTooLong] = useState(false)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const typed = new FormData(event.currentTarget).get('text')
    const isRefused = typeof typed === 'string' && typed.length > EXPLAIN_TEXT_MAX
    setTooLong(isRefused)
    if (isRefused) event.preventDefault()
  }
  const answer = state.status === 'explained' ? state.answer : stored
  const refusal = state.status === 'refused' ? state.message : null
  return (
    <>
      <ExplainForm
        {...{ action, onSubmit, isPending }}
        text={'text' in state ? state.text : text}
        fault={isTooLong ? TOO_LONG : refusal}
      />
      {answer !== null && !isPending && !isTooLong && (
        <ExplainResults answer={answer} asking={state.status === 'explained' ? state.answer.asking : null} />
      )}
    </>
  )
}

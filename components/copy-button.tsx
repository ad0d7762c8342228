'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

const WORDS = { idle: '', copied: 'Copied', refused: 'This browser does not let us copy here' } as const

/** Copies a text and says so; `what` names it for screen readers. */
export function CopyButton({ text, what, tabIndex }: { text: string; what: string; tabIndex?: number }) {
  const [state, setState] = useState<keyof typeof WORDS>('idle')
  const copy = async () => {
    // `clipboard` is absent on plain http addresses other than localhost.
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    setState(done ? 'copied' : 'refused')
  }
  return (
    <span className="js-only align-middle">
      <button
        type="button"
        className="icon-button -my-1.5 size-6! align-middle"
        aria-label={`Copy ${what}`}
        title={WORDS[state] || `Copy ${what}`}
        tabIndex={tabIndex}
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
      >
        {state === 'copied' ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
      </button>
      {state !== 'idle' && (
        <span role="status" className="sr-only">
          {WORDS[state]}
        </span>
      )}
    </span>
  )
}

import { paths } from '@/lib/contract/paths'
import type { TriageEntry } from '@/lib/contract/triage'
import type { CauseAct } from './cause-keys'

type Act = Exclude<CauseAct, 'next' | 'previous'>

/** Does what a key asks of the cause in an element. Gives what to say, or nothing when it shows by itself. */
export function doCauseAct(act: Act, entry: TriageEntry | undefined, element: HTMLElement): string {
  if (entry === undefined) return ''
  return ACTS[act](entry, element)
}

const ACTS = {
  acknowledge: ({ state }, element) => {
    const form = element.querySelector<HTMLFormElement>('form[data-acts="acknowledge"]')
    form?.requestSubmit()
    if (form !== null) return ''
    return state === 'new' ? SIGN_IN : 'Somebody has looked at this one already.'
  },
  note: (_, element) => {
    const field = element.querySelector<HTMLTextAreaElement>('textarea[name="note"]')
    if (field === null) return SIGN_IN
    field.closest('details')?.setAttribute('open', '')
    field.focus()
    return ''
  },
  source: ({ issueUrl, branches }) => {
    const address = issueUrl ?? branches[0]?.derivations[0]?.url
    if (!address) return 'There is no issue and no build to open.'
    window.open(address, '_blank', 'noopener')
    return ''
  },
  log: ({ branches }) => {
    const root = branches[0]?.derivations[0]
    if (root?.derivation == null) return 'This cause has no log: it was never built.'
    window.location.assign(paths.derivation(root.derivation))
    return ''
  },
} satisfies Record<Act, (entry: TriageEntry, element: HTMLElement) => string>

const SIGN_IN = 'Sign in first: reading needs no sign-in, changing does.'

import { styleText } from 'node:util'
import { printable } from '@/cli/terminal'

export type Tone = 'good' | 'bad' | 'dim' | 'bold'

/** Text from elsewhere as a terminal may have it, in colour where that is wanted. */
export type Paint = (tone: Tone, text: string) => string

const STYLES = { good: 'green', bad: 'red', dim: 'dim', bold: 'bold' } as const satisfies Record<Tone, string>

/** Colours belong on a terminal whose user has not asked for none (https://no-color.org). */
export function paintFor({
  isTerminal,
  env,
}: {
  isTerminal: boolean
  env: Readonly<Record<string, string | undefined>>
}): Paint {
  const isColoured = isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
  return (tone, text) => {
    const safe = printable(text)
    return isColoured ? styleText(STYLES[tone], safe, { validateStream: false }) : safe
  }
}

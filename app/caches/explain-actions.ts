'use server'

import { headers } from 'next/headers'
import { explainNow } from '@/app/api/v1/explain/explain-by-request'
import { clientOf } from '@/app/client-of'
import { costlyPerMinute } from '@/lib/config/rate-limit'
import { EXPLAIN_TEXT_MAX } from '@/lib/contract/explain'
import { questionOf } from '@/lib/contract/explain-question'
import { takeRequest } from '@/lib/http/rate-limit'
import { type ExplainState, NO_PATH, TOO_LONG } from './explain-state'

const ECHO_MAX = 20_000

/** Why the store paths in a pasted text are, or are not, in the caches, which are asked first. Anyone may ask, within limits. */
export async function explainText(_previous: ExplainState, form: FormData): Promise<ExplainState> {
  const text = form.get('text')
  if (typeof text !== 'string') return { status: 'refused', message: NO_PATH, text: '' }
  if (text.length > EXPLAIN_TEXT_MAX) return { status: 'refused', message: TOO_LONG, text: '' }
  const asker = clientOf(await headers())
  const { retryAfterSeconds } = await takeRequest(asker, { name: 'costly', perMinute: costlyPerMinute() })
  if (retryAfterSeconds !== null) {
    return { status: 'refused', message: `Too many questions; try again in ${retryAfterSeconds} s.`, text: '' }
  }
  const question = questionOf(text)
  if (question.total === 0) return { status: 'refused', message: NO_PATH, text: text.slice(0, ECHO_MAX) }
  const answer = await explainNow(question, await headers())
  const echo = text.length > ECHO_MAX ? question.paths.map(({ path }) => path).join('\n') : text
  return { status: 'explained', answer, text: echo }
}

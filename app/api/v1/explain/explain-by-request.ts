import 'server-only'
import { clientOf } from '@/app/client-of'
import {
  type AskedExplanation,
  EXPLAIN_PATHS_MAX,
  EXPLAIN_TEXT_MAX,
  ExplainParamsSchema,
  ExplainRequestSchema,
} from '@/lib/contract/explain'
import { type ExplainQuestion, questionOf } from '@/lib/contract/explain-question'
import { parseQuery } from '@/lib/contract/query'
import { problem } from '@/lib/http/problem'
import { readTextBody } from '@/lib/http/text-body'
import { readExplanation } from '@/lib/queries/explain'
import { refreshPaths } from '@/lib/sync/refresh-paths'

type Asked = { readonly question: ExplainQuestion } | { readonly refusal: Response }

/** The question in an address: every `path` must be a store path. */
export function parseExplainQuery(query: URLSearchParams): Asked {
  const parsed = parseQuery(ExplainParamsSchema, query, (name) =>
    name === 'path' ? `be a store path, given ${EXPLAIN_PATHS_MAX} times at most` : 'be left out',
  )
  if (!parsed.ok) return { refusal: problem(400, parsed.title, { parameter: parsed.parameter }) }
  const isNone = (path: string) => questionOf(path).total !== 1
  if (parsed.params.path.some(isNone)) {
    const title = 'Parameter "path" must be a store path, /nix/store/<hash>-<name>'
    return { refusal: problem(400, title, { parameter: 'path' }) }
  }
  return { question: questionOf(parsed.params.path.join('\n')) }
}

/** The question in a body: JSON where it says so, else the text itself, as `curl --data-binary @-` sends it. */
export async function parseExplainBody(request: Request): Promise<Asked> {
  const body = await readTextBody(request, EXPLAIN_TEXT_MAX)
  if (body === null) {
    const title = `The body is longer than ${EXPLAIN_TEXT_MAX} bytes; send the part with the lists of paths`
    return { refusal: problem(413, title) }
  }
  if (!/\bjson\b/i.test(request.headers.get('content-type') ?? '')) return { question: questionOf(body) }
  const parsed = ExplainRequestSchema.safeParse(toJson(body))
  if (parsed.success)
    return { question: questionOf('text' in parsed.data ? parsed.data.text : parsed.data.paths.join('\n')) }
  const title = 'The body must be {"text": "…"} or {"paths": ["/nix/store/…"]}, or plain text of another content type'
  return { refusal: problem(400, title) }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks the caches for what is due, and tells what is known then. */
export async function explainNow(question: ExplainQuestion, headers: Headers): Promise<AskedExplanation> {
  const paths = question.paths.map(({ path }) => path)
  const { state, retryAt, left } = await refreshPaths(paths, clientOf(headers))
  const asking = { state, retryAt: retryAt?.toISOString() ?? null, left }
  return { ...(await readExplanation(question)), asking }
}

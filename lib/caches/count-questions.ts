import 'server-only'
import type { UpstreamOptions, UpstreamRequest } from '@/lib/net/request'

/** What is asked of a cache: its health, the keys it publishes, many paths at once, one path. */
export const QUESTION_KINDS = ['health', 'keys', 'bulk', 'narinfo'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/** The same door, telling each question that goes out through it: retries and redirects too. */
export function countQuestions(request: UpstreamRequest, onQuestion: (kind: QuestionKind) => void): UpstreamRequest {
  return (url, options = {}) => request(url, { ...options, onSent: () => onQuestion(kindOf(url, options)) })
}

function kindOf(url: URL, { method = 'GET' }: UpstreamOptions): QuestionKind {
  if (url.pathname.endsWith('/nix-cache-info')) return 'health'
  if (url.pathname.endsWith('.narinfo')) return 'narinfo'
  return method === 'POST' ? 'bulk' : 'keys'
}

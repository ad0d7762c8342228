import { answerFeed } from '@/app/feed/answer-feed'

/** Changes of health of one branch or package, as Atom. */
export function GET(request: Request): Promise<Response> {
  return answerFeed(request)
}

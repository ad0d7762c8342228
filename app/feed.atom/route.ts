import { answerFeed } from '@/app/feed/answer-feed'

/** Every change of health, as Atom. */
export function GET(request: Request): Promise<Response> {
  return answerFeed(request)
}

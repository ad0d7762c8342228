import { answerBadge } from '@/app/badge/answer-badge'

/** Badges as images, and as JSON for shields.io. */
export function GET(request: Request): Promise<Response> {
  return answerBadge(request)
}

import { answering } from '@/app/answering'
import { answerBadge } from '@/app/badge/answer-badge'

/** Badges as images, and as JSON for shields.io. */
export const GET = answering('GET /badge/{branch}/{package}.svg', (request: Request) => answerBadge(request))

import { answering } from '@/app/answering'
import { answerFeed } from '@/app/feed/answer-feed'

/** Changes of health of one branch or package, as Atom. */
export const GET = answering('GET /feed/{branch}.atom', (request: Request) => answerFeed(request))

import { answering } from '@/app/answering'
import { answerFeed } from '@/app/feed/answer-feed'

/** Every change of health, as Atom. */
export const GET = answering('GET /feed.atom', (request: Request) => answerFeed(request))

import 'server-only'
import { drawFeed } from '@/components/feeds/draw-feed'
import { parseFeedAddress } from '@/lib/contract/feed'
import { respond } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readFeed } from '@/lib/queries/feed'

const MAX_AGE_SECONDS = 60

/** A feed as Atom. */
export async function answerFeed(request: Request, read: typeof readFeed = readFeed): Promise<Response> {
  const asked = parseFeedAddress(new URL(request.url).pathname)
  if (asked === null) return problem(404, 'Feeds are /feed.atom, /feed/{branch}.atom and /feed/packages/{package}.atom')
  const feed = await read(asked)
  if (feed === null) return problem(404, `There is no ${asked.kind} of that name; the matrix lists them`)
  return respond(request, {
    body: drawFeed(feed),
    contentType: 'application/atom+xml; charset=utf-8',
    maxAgeSeconds: MAX_AGE_SECONDS,
    lastModified: new Date(feed.generatedAt),
  })
}

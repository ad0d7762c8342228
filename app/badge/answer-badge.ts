import 'server-only'
import { drawBadge, toShieldsEndpoint } from '@/components/badges/draw-badge'
import { parseBadgeAddress } from '@/lib/contract/badge-address'
import { json, respond } from '@/lib/http/conditional'
import { problem } from '@/lib/http/problem'
import { readBadge } from '@/lib/queries/badge'

const MAX_AGE_SECONDS = 60

/** A badge as an image or as JSON; always one, once the address is well-formed: an image in a README must never break. */
export async function answerBadge(request: Request, read: typeof readBadge = readBadge): Promise<Response> {
  const asked = parseBadgeAddress(new URL(request.url))
  if (asked === null) return problem(404, 'Badges end in .svg or .json; /badges makes their addresses')
  const badge = await read(asked.asked)
  if (asked.format === 'json') return json(request, toShieldsEndpoint(badge, asked), { maxAgeSeconds: MAX_AGE_SECONDS })
  return respond(request, {
    body: drawBadge(badge, asked),
    contentType: 'image/svg+xml; charset=utf-8',
    maxAgeSeconds: MAX_AGE_SECONDS,
  })
}

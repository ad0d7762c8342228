import 'server-only'
import { z } from 'zod'

/** All of an event, as the column `body` of `Event` keeps it. Its words are those of lib/domain. */
const EventBodySchema = z.object({
  key: z.string(),
  kind: z.string(),
  branch: z.string(),
  cause: z
    .object({ key: z.string(), name: z.string(), derivation: z.string().nullable(), status: z.string() })
    .nullable(),
  packages: z.array(z.string()),
  alsoBroken: z.array(z.string()),
  stillBroken: z.array(z.string()),
  evaluation: z.string().nullable(),
  nixpkgsRevision: z.string().nullable(),
  before: z.string().nullable(),
  partly: z.array(z.object({ package: z.string(), lanes: z.array(z.string()) })),
  reasons: z.array(z.string()),
  atMs: z.number(),
})
export type EventBody = z.output<typeof EventBodySchema>

/** The event that a row of `Event` keeps. Throws on a text that is none. */
export function parseEventBody(body: string): EventBody {
  return EventBodySchema.parse(JSON.parse(body))
}

import 'server-only'
import { publicAddress } from '@/lib/net/address'
import { firstFault } from '@/lib/net/request-json'
import type { RunPage } from '@/lib/sources/source'
import { type Job, JobIdSchema, JobIndexSchema, JobSchema } from './schema'

export interface ParsedPage {
  readonly jobs: readonly Job[]
  readonly faults: RunPage['faults']
}

/** Every item by itself: what does not parse becomes a fault with the address where it can be looked at. */
export function parseItems(items: readonly unknown[], page: URL, jobUrl: (id: string) => URL): ParsedPage {
  const jobs: Job[] = []
  const faults: RunPage['faults'][number][] = []
  for (const [position, item] of items.entries()) {
    const parsed = JobSchema.safeParse(item)
    const id = JobIdSchema.safeParse(item)
    if (parsed.success) jobs.push(parsed.data)
    else {
      const address = publicAddress(id.success ? jobUrl(id.data.id) : page)
      faults.push({ address, reason: `item ${position + 1} of the list: ${firstFault(parsed.error)}` })
    }
  }
  return { jobs, faults }
}

/**
 * The index to go on after: that of the last item that has one. Null when the page brings nothing beyond `cursor`: a
 * server that ignores the parameter would be walked for ever.
 */
export function nextCursor(items: readonly unknown[], cursor: string | null): string | null {
  const indexes = items.flatMap((item) => {
    const parsed = JobIndexSchema.safeParse(item)
    return parsed.success ? [parsed.data.index] : []
  })
  const [first, last] = [indexes.at(0), indexes.at(-1)]
  if (first === undefined || last === undefined) return null
  const after = cursor === null ? null : Number(cursor)
  const isBeyond = after === null || (first >= last ? last < after : last > after)
  return isBeyond ? String(last) : null
}

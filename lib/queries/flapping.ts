import 'server-only'
import type { Db } from '@/lib/db/client'

interface Place {
  readonly row: string
  readonly system: string | null
  readonly variant: string | null
}

/** Tells of an attribute whether its cell on this branch flaps now. */
export async function readFlapping(db: Db, branch: string): Promise<(place: Place) => boolean> {
  const cells = await db.cell.findMany({
    where: { branch, isFlapping: true },
    select: { row: true, system: true, variant: true },
  })
  const flapping = new Set(cells.map(placeText))
  return (place) => flapping.has(placeText(place))
}

function placeText({ row, system, variant }: Place): string {
  return JSON.stringify([row, system, variant])
}

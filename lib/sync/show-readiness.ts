import 'server-only'
import type { Config } from '@/lib/config/schema'
import type { Db } from '@/lib/db/client'
import { noteFact } from './note-fact'
import { storeReadiness } from './store-readiness'

/** Cells show at once what was learnt of their outputs, and not first after the next sync. */
export async function showReadiness(db: Db, config: Config, now: Date): Promise<void> {
  for (const { name } of config.branches) {
    await db.$transaction(async (tx) => {
      if (await storeReadiness(tx, name)) await noteFact(tx, now)
    })
  }
}

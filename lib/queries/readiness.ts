import 'server-only'
import { isMigrated } from '@/lib/db/migrate'

export interface Readiness {
  /** It answers. */
  readonly database: boolean
  /** It has exactly this program's migrations. */
  readonly migrations: boolean
}

/** Whether the server can do its work. Never throws: a database that does not answer is an answer. */
export async function readReadiness(check: () => Promise<boolean> = isMigrated): Promise<Readiness> {
  try {
    return { database: true, migrations: await check() }
  } catch {
    return { database: false, migrations: false }
  }
}

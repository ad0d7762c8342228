import 'server-only'
import { config as readConfiguration } from '@/lib/config/config'
import type { Config } from '@/lib/config/schema'

/** Names of the headline packages, in the order of the configuration. */
export function readHeadline(config: Config = readConfiguration()): string[] {
  return config.packages.filter((entry) => entry.headline).map(({ name }) => name)
}

import 'server-only'
import { crossFaults } from './cross-checks'
import { ConfigError, faultsOf } from './faults'
import { type Config, ConfigFileSchema, toConfig } from './schema'

/** The configuration in a parsed JSON document. Throws `ConfigError` with every fault of it. */
export function parseConfig(input: unknown, file: string | null = null): Config {
  const parsed = ConfigFileSchema.safeParse(input)
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => faultsOf(issue, input))
  const faults = [...shape, ...crossFaults(input)]
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults, file)
  return toConfig(parsed.data)
}

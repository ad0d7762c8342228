import 'server-only'
import type { ObservedDerivation } from '@/lib/sources/source'
import { flattenEvents, toAttempts } from './attempts'
import type { DerivationInfo } from './schema'
import { toStatus } from './words'

/** What is known of one derivation; sizes, and paths that cannot be known beforehand, come from its last `Built`. */
export function toObservedDerivation(info: DerivationInfo): ObservedDerivation {
  const events = flattenEvents(info.events)
  const built = events.findLast(([word]) => word === 'Built')?.[1].outputs ?? []
  return {
    status: toStatus(info.status),
    system: info.platform,
    requiredSystemFeatures: info.requiredSystemFeatures,
    outputs: info.outputs.map(({ outputName, outputPath }) => {
      const output = built.find((one) => one.outputName === outputName)
      return { name: outputName, path: outputPath ?? output?.outputPath ?? null, narSize: output?.size ?? null }
    }),
    inputs: info.inputDerivations.map(({ derivationPath, outputName }) => ({
      derivation: derivationPath,
      output: outputName,
    })),
    attempts: toAttempts(events),
  }
}

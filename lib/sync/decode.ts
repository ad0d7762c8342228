import 'server-only'
import type { Config, SourceConfig } from '@/lib/config/schema'
import { formatAttributePath } from '@/lib/domain/attribute-path'
import { type AttributeRules, compileRules, decodeAttribute } from '@/lib/domain/attribute-pattern'
import { branchOf } from '@/lib/domain/branch-name'
import { type RowPlace, rowOf } from '@/lib/domain/package-row'
import { sourceBranchesOf } from './run-branch'

/** What the configuration makes of one attribute path. */
export interface DecodedAttribute extends RowPlace {
  readonly text: string
  readonly package: string
  readonly system: string | null
  readonly variant: string | null
  /** Our branch, where the path names it; null where it does not, or where no branch is configured for it. */
  readonly branch: string | null
}

export type Decode = (path: readonly string[]) => DecodedAttribute

/** The decoder of one source's attribute paths. */
export function decoderOf(config: Config, source: SourceConfig): Decode {
  const rules: AttributeRules = compileRules({
    patterns: source.attributes,
    variants: source.variants,
    packageSets: source.packageSets,
  })
  return (path) => {
    const decoded = decodeAttribute(path, rules)
    return {
      ...rowOf(decoded.package, config.packages),
      text: formatAttributePath(path),
      package: decoded.package,
      system: decoded.system,
      variant: decoded.variant,
      branch:
        decoded.branch === null
          ? null
          : branchOf({
              name: decoded.branch,
              isJobName: false,
              sourceBranches: sourceBranchesOf(source),
              branches: config.branches,
            }),
    }
  }
}

import 'server-only'
import type { Judgement, Status } from '@/lib/domain/status'

/** How far a run of a CI is. `failed` is a run that does not evaluate at all, not one with failed builds. */
export type RunState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled'

/** One CI run as its source lists it: cheap to get, no attributes yet. */
export interface ListedRun {
  /** Job id or eval id at the source. */
  readonly externalId: string
  /** Its number there, as web links use it. */
  readonly index: number
  /** What made the run: `OnPush/default`, `OnSchedule/nightly`, `Legacy`, `Config`; a jobset of Hydra. */
  readonly handler: string
  /** Pushed ref without `refs/heads/`, or null where the source has none. */
  readonly ref: string | null
  /** Handler name (`buildMasterMatrix`), or null. */
  readonly jobName: string | null
  /** Revision of the CI repository, never of nixpkgs. */
  readonly ciRevision: string
  readonly state: RunState
  /** True while attributes may still be added: an absent one is not a removed one. */
  readonly isEvaluating: boolean
  readonly startedAt: Date
  readonly finishedAt: Date | null
  /** The run that this one repeats. */
  readonly rerunOf: string | null
  readonly rerunOfIndex: number | null
  readonly url: string
}

/** What one attribute came to. `status` is judged already: `must-fail` has been swapped. */
export interface ObservedResult {
  readonly path: readonly string[]
  readonly judgement: Judgement
  readonly status: Status
  /** Store path of the derivation; null when the attribute does not evaluate. */
  readonly derivation: string | null
  readonly error: { readonly message: string; readonly type: string | null; readonly derivation: string | null } | null
}

/** A run read in full. */
export interface ObservedEvaluation {
  /** In the order of the evaluation. Effects and `DependenciesOnly` are left out: they build no package. */
  readonly results: readonly ObservedResult[]
  /** Evaluation-wide error message, or null. With no results at all the run does not evaluate. */
  readonly error: string | null
  /** Present state of each derivation that matters to the run, by store path. */
  readonly derivations: ReadonlyMap<string, Status>
}

/** A node of the failure graph: a failed derivation and the failed inputs that made it fail. */
export interface FailureNode {
  readonly derivation: string
  readonly status: Status
  readonly failedDependencies: readonly string[]
}

/** One attempt at building a derivation. */
export interface BuildAttempt {
  readonly logId: string | null
  readonly host: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly status: Status
  /** Set when the machinery failed, not the build. */
  readonly technicalError: string | null
}

export interface ObservedDerivation {
  readonly status: Status
  readonly system: string
  readonly requiredSystemFeatures: readonly string[]
  /** `path` is null when it cannot be known beforehand; `narSize` in bytes once it was built. */
  readonly outputs: readonly { readonly name: string; readonly path: string | null; readonly narSize: number | null }[]
  readonly inputs: readonly { readonly derivation: string; readonly output: string }[]
  /** Oldest first. */
  readonly attempts: readonly BuildAttempt[]
}

/** What a source has of a log from some line on. */
export interface LogPart {
  /** Rising numbers, from 1 on; a source may leave some out. The text may hold terminal escapes and anything else. */
  readonly lines: readonly { readonly number: number; readonly text: string }[]
  /** No more lines will come. */
  readonly isDone: boolean
}

/** One page of runs, newest first, and the cursor of the next page. */
export interface RunPage {
  readonly runs: readonly ListedRun[]
  /** Items of this page that did not parse: recorded, never fatal. */
  readonly faults: readonly { readonly address: string; readonly reason: string }[]
  readonly next: string | null
}

/** One CI project that is read. Every method throws `UpstreamError` (lib/net/errors.ts) and nothing else on purpose. */
export interface Source {
  readonly id: string
  listRuns(cursor: string | null): Promise<RunPage>
  readRun(externalId: string): Promise<ListedRun>
  readEvaluation(externalId: string): Promise<ObservedEvaluation>
  readFailures(externalId: string): Promise<readonly FailureNode[]>
  readDerivation(path: string, viaExternalId: string): Promise<ObservedDerivation>
  /** Lines of one attempt's log, those before number `from` left out; null when the source has no such log. */
  readLog?(path: string, logId: string, from: number): Promise<LogPart | null>
}

import { z } from 'zod'
import { CachesSchema } from '@/lib/contract/caches'
import { DerivationSchema } from '@/lib/contract/derivation'
import { DiffParamsSchema, DiffSchema } from '@/lib/contract/diff'
import { EvaluationDetailSchema, EvaluationsParamsSchema, EvaluationsSchema } from '@/lib/contract/evaluations'
import {
  AskedExplanationSchema,
  ExplainParamsSchema,
  ExplainRequestSchema,
  ExplanationSchema,
} from '@/lib/contract/explain'
import { LogParamsSchema, LogSchema } from '@/lib/contract/log'
import { MatrixParamsSchema, MatrixSchema } from '@/lib/contract/matrix'
import { PackageSchema, PackagesParamsSchema, PackagesSchema } from '@/lib/contract/package'
import { PinParamsSchema, PinSchema } from '@/lib/contract/pin'
import { SuspectsParamsSchema, SuspectsSchema } from '@/lib/contract/suspects'
import { SyncAcceptedSchema, SyncReportSchema, SyncRequestSchema } from '@/lib/contract/sync'
import { TriageParamsSchema, TriageSchema } from '@/lib/contract/triage'
import { UseParamsSchema, UseSchema } from '@/lib/contract/use'
import { answersJson, answersMedia, type Operation } from './operation'
import { SUBSCRIPTION_OPERATIONS } from './subscription-operations'

/** Everything that programs may ask. A test holds it against the handlers under app/: no more and no less. */
export const OPERATIONS = [
  {
    on: 'GET /api/v1/matrix',
    tag: 'Matrix',
    summary: 'The matrix: packages by branches',
    description:
      'A package is ready on a branch when it built and every output that users need is in a cache, signed by a trusted key.',
    query: MatrixParamsSchema,
    answers: answersJson(MatrixSchema, 'One page of rows with their cells, and the head of each branch.'),
    example: 'package=pytorch&view=compact',
  },
  {
    on: 'GET /api/v1/diff',
    tag: 'Matrix',
    summary: 'What changed between two evaluations',
    description: 'Of a branch the newest against the one before, or any two evaluations by their ids.',
    query: DiffParamsSchema,
    answers: answersJson(DiffSchema, 'What broke, what was fixed, and why.'),
    problems: [404],
    isLimited: true,
    example: 'branch=nixos-unstable',
  },
  {
    on: 'GET /api/v1/packages',
    tag: 'Packages',
    summary: 'The names of all packages',
    query: PackagesParamsSchema,
    answers: answersJson(PackagesSchema, 'One page of names, headline packages first.'),
    example: 'q=torch',
  },
  {
    on: 'GET /api/v1/packages/{package}',
    tag: 'Packages',
    summary: 'One package over all branches, with its history',
    answers: answersJson(PackageSchema, 'First bad, last good and the history, per branch.'),
    problems: [404],
  },
  {
    on: 'GET /api/v1/packages/{package}/suspects',
    tag: 'Packages',
    summary: 'The commits that may have broken a package',
    query: SuspectsParamsSchema,
    answers: answersJson(SuspectsSchema, 'Commits between last good and first bad, closest to what fails first.'),
    problems: [404],
    isLimited: true,
    example: 'branch=nixos-unstable',
  },
  {
    on: 'POST /api/v1/packages/{package}/suspects',
    tag: 'Packages',
    summary: 'Reads those commits now, if a sync has not yet',
    query: SuspectsParamsSchema,
    answers: answersJson(SuspectsSchema, 'The same as GET, after reading.'),
    problems: [404, 503],
    isLimited: true,
    example: 'branch=nixos-unstable',
  },
  {
    on: 'GET /api/v1/branches/{branch}/evaluations',
    tag: 'Evaluations',
    summary: 'Every evaluation of a branch, newest first',
    query: EvaluationsParamsSchema,
    answers: answersJson(EvaluationsSchema, 'Running, cancelled and failed ones too.'),
    problems: [404],
    example: 'limit=10',
  },
  {
    on: 'GET /api/v1/evaluations/{id}',
    tag: 'Evaluations',
    summary: 'One evaluation with all its attributes',
    answers: answersJson(EvaluationDetailSchema, 'What became of each attribute, and the root causes.'),
    problems: [404],
  },
  {
    on: 'GET /api/v1/derivations/{name}',
    tag: 'Derivations',
    summary: 'One derivation: what it blocks and what blocks it',
    answers: answersJson(DerivationSchema, 'Its outputs, inputs, root causes, and where it stands now.'),
    problems: [404],
  },
  {
    on: 'GET /api/v1/derivations/{name}/log',
    tag: 'Derivations',
    summary: 'The build log as far as it is stored',
    description: 'Numbers of lines never change, so `from` is a stable way through it while it grows.',
    query: LogParamsSchema,
    answers: answersJson(LogSchema, 'A page of lines, and those that tell why the build failed.'),
    problems: [404],
    isLimited: true,
    example: 'from=1&limit=100',
  },
  {
    on: 'POST /api/v1/derivations/{name}/log',
    tag: 'Derivations',
    summary: 'Reads the log from its source now',
    answers: { 204: { words: 'What the source has is stored; GET answers it.' } },
    problems: [404, 503],
    isLimited: true,
  },
  {
    on: 'GET /api/v1/triage',
    tag: 'Causes',
    summary: 'Root causes that break something now, worst first',
    query: TriageParamsSchema,
    answers: answersJson(TriageSchema, 'Each cause with what it blocks where, and what people say of it.'),
    example: 'state=new&limit=10',
  },
  {
    on: 'GET /api/v1/caches',
    tag: 'Caches',
    summary: 'The caches: whether they answer, what they hold, and for how long',
    description:
      'Survival is the product-limit estimate of Kaplan and Meier over the time from first seen to evicted; what still lives is censored when it was last seen. Evictions are noticed only when asked, so at most every `recheckMinutes`; what was pushed before it was first looked for lived longer than is told.',
    answers: answersJson(CachesSchema, 'Each configured cache.'),
  },
  {
    on: 'GET /api/v1/explain',
    tag: 'Caches',
    summary: 'Why store paths are, or are not, in the caches',
    description: 'By what is stored: no cache is asked. `path` may be repeated.',
    query: ExplainParamsSchema,
    answers: answersJson(ExplanationSchema, 'One verdict per path, the facts it stands on, and what to do next.'),
    isLimited: true,
    example: 'path=/nix/store/00000000000000000000000000000000-hello-2.12',
  },
  {
    on: 'POST /api/v1/explain',
    tag: 'Caches',
    summary: 'The same for a pasted text, after asking the caches for what is due',
    description:
      'JSON, or with any other content type the text itself: store paths, or what a dry run of Nix prints. `asking` tells whether the caches were asked.',
    body: ExplainRequestSchema,
    answers: answersJson(AskedExplanationSchema, 'The same as GET, after asking.'),
    problems: [413],
    isLimited: true,
    exampleBody: { paths: ['/nix/store/00000000000000000000000000000000-hello-2.12'] },
  },
  {
    on: 'GET /api/v1/pin',
    tag: 'Caches',
    summary: 'The newest nixpkgs revision on which packages are ready now',
    description:
      'All packages built on it, and every output that a user downloads is in a cache. `checks` tells how old the answers of the caches are. Where there is none, the problem tells what stands in the way, and the best revision without that.',
    query: PinParamsSchema,
    answers: answersJson(PinSchema, 'The revision, what it stands on, and snippets that pin it.'),
    problems: [404],
    isLimited: true,
    example: 'branch=nixos-unstable&package=blender',
  },
  {
    on: 'POST /api/v1/pin',
    tag: 'Caches',
    summary: 'Asks the caches anew, and answers the pin after that',
    query: PinParamsSchema,
    answers: answersJson(PinSchema, 'The same as GET, after asking.'),
    problems: [404, 503],
    isLimited: true,
    example: 'branch=nixos-unstable&package=blender',
  },
  {
    on: 'GET /pin/{branch}/archive',
    tag: 'Caches',
    summary: 'Leads to the nixpkgs archive of that revision',
    description:
      'For `fetchTarball` and scripts: it follows the pin. Where the checks of the caches are older than configured, they are asked first.',
    query: PinParamsSchema.omit({ branch: true }),
    answers: { 302: { words: '`Location` is the archive.' } },
    problems: [404, 503],
    isLimited: true,
    example: 'package=blender',
  },
  {
    on: 'GET /api/v1/use',
    tag: 'Caches',
    summary: 'Ways of using the caches and the packages, as texts to paste',
    query: UseParamsSchema,
    answers: answersJson(
      UseSchema,
      'Snippets with the values of this installation, and the revision that is ready now.',
    ),
    problems: [404],
    example: 'branch=nixos-unstable',
  },
  {
    on: 'GET /api/v1/sync',
    tag: 'Sync',
    summary: 'Syncs that ran, the one that runs, and the next one',
    answers: answersJson(SyncReportSchema, 'Runs, progress, faults and what waits.'),
  },
  {
    on: 'POST /api/v1/sync',
    tag: 'Sync',
    summary: 'Starts a sync',
    body: SyncRequestSchema,
    answers: { 202: { schema: SyncAcceptedSchema, words: 'It has started; GET tells how far it is.' } },
    problems: [401, 403, 409],
    isLimited: true,
    isForAdmins: true,
    exampleBody: { full: true },
  },
  ...SUBSCRIPTION_OPERATIONS,
  {
    on: 'GET /api/v1/openapi.json',
    tag: 'Operation',
    summary: 'This description',
    answers: answersJson(z.looseObject({ openapi: z.literal('3.1.1') }), 'An OpenAPI document.'),
  },
  {
    on: 'GET /metrics',
    tag: 'Operation',
    summary: 'What one would watch over time, for Prometheus',
    answers: answersMedia('text/plain', 'The text format of Prometheus, version 0.0.4.'),
  },
  {
    on: 'GET /healthz',
    tag: 'Operation',
    summary: 'Does the process live?',
    answers: answersJson(z.object({ status: z.literal('ok') }), 'It does.'),
  },
  {
    on: 'GET /readyz',
    tag: 'Operation',
    summary: 'May traffic be sent here?',
    answers: answersJson(z.object({ status: z.literal('ready') }), 'The database answers and is migrated.'),
    problems: [503],
  },
] as const satisfies readonly Operation[]

export type OperationName = (typeof OPERATIONS)[number]['on']

const BY_NAME: ReadonlyMap<string, Operation> = new Map(OPERATIONS.map((operation) => [operation.on, operation]))

/** The operation of that method and address. Throws when the table has none. */
export function operationOf(name: string): Operation {
  const found = BY_NAME.get(name)
  if (found === undefined) throw new Error(`lib/contract/openapi/operations.ts has no "${name}"`)
  return found
}

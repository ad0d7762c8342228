import 'server-only'
import { z } from 'zod'
import { attributePatternValue } from './pattern-value'
import { strict } from './strict'
import { addressValue, globValue, nameValue, segmentValue, textValue } from './values'

const idValue = nameValue.describe('Our name for this source; unique in the file.')

const variantsValue = z
  .array(
    z
      .string()
      .regex(
        /^(?!.*\*\*)[^\s.{}]{1,100}$/,
        'the name of a variant, without dots or blanks; * stands for any text without _',
      ),
  )
  .default([])
  .describe('The variants that {variant} may match; * stands for any text without _.')

const packageSetsValue = z
  .array(z.string().regex(/^(?!.*\*\*)[^\s.{}]{1,100}$/, 'the name of a package set, or a glob over such names'))
  .default([])
  .describe('Package sets beside the well-known ones after which {package:_} splits a joined path.')

export const RepositorySchema = strict({
  api: addressValue.default('https://api.github.com').describe('Base address of the GitHub REST API.'),
  raw: addressValue
    .optional()
    .describe('Base address of a host of raw files to read lock files from instead of the API.'),
  owner: segmentValue.describe('Owner of the CI repository.'),
  name: segmentValue.describe('Name of the CI repository.'),
  lockInput: z
    .string()
    .regex(/^(?:[^\s{}/]|\{branch\}){1,200}$/, 'the name of a flake input; {branch} is the only placeholder')
    .default('nixpkgs')
    .describe('Flake input whose lock holds the nixpkgs revision; {branch} stands for our name of the branch.'),
})

export const HerculesCiSourceSchema = strict({
  id: idValue,
  kind: z.literal('hercules-ci'),
  url: addressValue.default('https://hercules-ci.com').describe('Base address of the Hercules CI server.'),
  site: segmentValue.default('github').describe('The forge, as addresses of Hercules CI name it.'),
  account: segmentValue.describe('The account that owns the project.'),
  project: segmentValue.describe('The project.'),
  handlers: z
    .array(
      z.string().regex(/^(?:Legacy|(?:OnPush|OnSchedule)\/[^\p{Cc}]+)$/u, 'OnPush/name, OnSchedule/name or Legacy'),
    )
    .min(1)
    .optional()
    .describe('Job types and names to read, the first being preferred; absent: every OnPush and OnSchedule handler.'),
  variants: variantsValue,
  branches: z
    .record(globValue, nameValue)
    .default({})
    .describe('Glob of this source’s ref, job or attribute name -> name of a branch; goes before the ref of a branch.'),
  branchFrom: z
    .enum(['ref', 'jobName', 'attribute'])
    .default('ref')
    .describe('Where the branch of a run shows: in the pushed ref, the job name or the attribute path.'),
  attributes: z
    .array(attributePatternValue)
    .min(1)
    .default(['{package}'])
    .describe('Attribute patterns, tried in order; what none matches keeps its whole path as package name.'),
  packageSets: packageSetsValue,
  repository: RepositorySchema.optional().describe(
    'Where flake.lock is; without it the nixpkgs revision of an evaluation stays unknown.',
  ),
}).describe('A project on Hercules CI.')

export const HydraSourceSchema = strict({
  id: idValue,
  kind: z.literal('hydra'),
  url: addressValue.describe('Base address of the Hydra server.'),
  project: segmentValue.describe('The project.'),
  jobsets: z.record(textValue, nameValue).describe('Jobset -> name of a branch.'),
  variants: variantsValue,
  attributes: z
    .array(attributePatternValue)
    .min(1)
    .default(['{package}.{system}'])
    .describe('Patterns of job names, tried in order.'),
  packageSets: packageSetsValue,
}).describe('Jobsets of a Hydra. Refused by this version.')
